"""The words of papers: letters, invoices, receipts."""

PHRASES = {
    "event.paper.made": ("Dokumen {paper} dibuat", "Paper {paper} made"),
    "event.paper.signed": ("Dokumen {paper} ditandatangani", "Paper {paper} signed"),
    "event.paper.filed": ("Dokumen {paper} diterima dari luar", "Paper {paper} taken in"),
    "event.paper.voided": ("Dokumen {paper} dinyatakan batal", "Paper {paper} made void"),
    "event.paper.typeset": ("Dokumen {paper} siap", "Paper {paper} ready"),
    "event.paper.failed": ("Dokumen {paper} tidak dapat dicetak", "Paper {paper} could not be typeset"),
}
