"""Reports as Word files: pages and styles (`look`), what Word reckons by itself (`fields`), tables, and the whole file (`file`)."""
