"""The month on paper: a front page, findings in sentences, drawings and tables, made of the month as it is handed on."""
