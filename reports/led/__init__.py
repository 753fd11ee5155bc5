"""The self-evaluation of a unit over a year (Laporan Evaluasi Diri): what the ledger proves, and what people write."""
