"""Cases on their pages: begun, gone on with, moved to a newer version, found in the archive; and the procedures that they follow."""
