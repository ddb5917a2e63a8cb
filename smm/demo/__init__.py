"""A fictional agency with three brands and two years of history, as the platforms would hand it out.

`plan` says who they are, `simulate` what their posts brought, `texts` what they wrote, `money` what the ads
cost and the visits earned, `files` how each platform writes that down. All of it is pure: the same seed and day
give the same bytes. `load` imports the files through the importer that people use.
"""
