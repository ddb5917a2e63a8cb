"""A fictional agency with three brands and two years of history, as the platforms would hand it out.

Pure, the same seed and day give the same bytes: `plan`, `brands` and `costs` say who they are, `simulate` what
their posts brought, `texts` what they wrote, `money` what ads cost and visits earned, `files` how each platform
writes that down, `build` puts it into a folder, `aims` what they want to reach. With the database: `people`,
`imports`, `entries`, `objectives`, `crises`, `load`.
"""
