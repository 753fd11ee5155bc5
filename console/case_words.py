"""The words of cases and their steps."""

PHRASES = {
    "step": ("Langkah prosedur", "Step of the procedure"),
    "event.case.begun": ("Prosedur {procedure} dimulai", "Procedure {procedure} begun"),
    "event.case.ended": ("Prosedur berakhir: {end}", "The procedure has ended: {end}"),
    "event.step.begun": ("Giliran langkah {step}", "The turn of step {step}"),
    "event.step.done": ("Langkah {step} selesai: {way}", "Step {step} is over: {way}"),
    "event.step.passed": ("Langkah {step} dilewati", "Step {step} was passed over"),
    "event.step.dropped": ("Langkah {step} dihentikan", "Step {step} was cut short"),
}
