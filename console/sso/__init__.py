"""Single sign-on by OpenID Connect: the campus's provider says who somebody is, the desks' staff what they may do."""
