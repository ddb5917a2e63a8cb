"""The sentences behind the codes of rejected rows, notices and file errors, in English.

`_` only marks them for translation; whoever shows them translates by the code.
"""

from typing import Any


def _(text: str) -> str:
    return text


MESSAGES: dict[str, str] = {
    # rejected rows
    "not_a_number": _(
        "“%(value)s” in the column “%(column)s” is not a number. Correct it, or leave the cell empty."
    ),
    "share_for_count": _(
        "“%(value)s” in the column “%(column)s” is a percentage, but a count is needed here. Choose the column with "
        "the number itself, or leave the cell empty."
    ),
    "not_whole": _("“%(value)s” in the column “%(column)s” is not a whole number. A count has no fractions."),
    "negative": _("“%(value)s” in the column “%(column)s” is below zero. A count cannot be."),
    "count_too_large": _("“%(value)s” in “%(column)s” is too large to be a count. Correct it, or leave it empty."),
    "cells_beyond": _(
        "The row has more cells than the header has columns: a comma or semicolon inside a text was not quoted, so "
        "figures may stand in wrong columns. Put the text in quotes, or download the file again."
    ),
    "id_unreadable": _("“%(value)s” in the column “%(column)s” is not the number of a post."),
    "not_a_date": _(
        "“%(value)s” in the column “%(column)s” is not a date that can be read. Write it as 2026-03-31."
    ),
    "date_missing": _("The date is missing in the column “%(column)s”."),
    "date_order": _("“%(value)s” does not follow the order of day and month of the other rows of “%(column)s”."),
    "id_missing": _("The post's number is missing, and its link does not hold it either."),
    "id_destroyed_by_excel": _(
        "Excel has shortened the post's number to “%(value)s”, so different posts can no longer be told apart. "
        "Download the file again and upload it without opening it in Excel."
    ),
    "daily_rows": _(
        "The file has one row per post and day (“%(value)s”). Export it again with lifetime totals, "
        "one row per post."
    ),
    "platform_unknown": _("“%(value)s” is not a platform. Use one of: %(known)s."),
    "not_money": _("“%(value)s” in the column “%(column)s” is not an amount of money."),
    "currency_missing": _(
        "The currency is not told by the column “%(column)s”. Add it, as in “Amount spent (EUR)”."
    ),
    "period_open": _(
        "“%(value)s” tells no days, so this cost belongs to no month. Choose dates before the download, or add the "
        "segment “Day”."
    ),
    "order_unnamed": _(
        "The column “%(column)s” does not hold the number of an order, such as #1001. What stands there is not kept, "
        "for it may be a customer's."
    ),
    "order_time": _(
        "The time of the order %(order)s cannot be read in “%(column)s”. What stands there is not kept, for it may be "
        "a customer's. Download the orders again, and do not change the file."
    ),
    "order_amount": _(
        "“%(column)s” of the order %(order)s holds no amount of money. What stands there is not kept, for it may be a "
        "customer's. Download the orders again, and do not change the file."
    ),
    "order_currency": _("The order %(order)s does not tell its currency in “%(column)s”."),
    "week_twice": _("Week %(value)s occurs twice between %(start)s and %(end)s. Export one year at a time."),
    "week_outside": _("Week %(value)s does not lie between %(start)s and %(end)s."),
    "quotes_wrong": _(
        "A quote in this row does not close, or stands alone inside a text, so the row cannot be told from what "
        'follows. Write each quote inside a text twice (""), or download the file again.'
    ),
    "cells_missing": _(
        "The row ends after %(cells)s cells; the header has %(columns)s. It is cut off or damaged."
    ),
    # notices
    "totals_dropped": _("%(count)s rows with totals were left out, so that nothing is counted twice."),
    "placeholders_dropped": _("%(count)s rows without a post were left out."),
    "blank_days_dropped": _("%(count)s rows without a figure were left out."),
    "drafts_dropped": _("%(count)s videos without a publishing date (drafts) were left out."),
    "duplicate_column": _("The column “%(column)s” occurs %(count)s times; the one with real figures was taken."),
    "views_not_exported": _(
        "On %(count)s posts “%(column)s” is 0 although people were reached: taken as not exported."
    ),
    "time_from_id": _("The export tells only the day. The exact time was taken from each post's number."),
    "day_only": _(
        "The export tells only the day of publishing, not the hour. Best hours cannot be computed from it."
    ),
    "pacific_time": _("Meta writes the time of publishing in Pacific time (Los Angeles). It was converted."),
    "dates_assumed": _("Day and month cannot be told apart in “%(column)s”; read as %(order)s."),
    "decimals_assumed": _(
        "In “%(column)s” nothing tells decimals from thousands; “%(sign)s” was taken for the sign before the decimals."
    ),
    "dates_turned": _(
        "A spreadsheet had taken some dates in “%(column)s” with day and month the wrong way round; they were turned "
        "back. Compare a few with the platform."
    ),
    "id_time_differs": _(
        "On %(count)s posts the time in the post's number is not on the day stated; the day was kept."
    ),
    "tiktok_day_differs": _(
        "On %(count)s videos the day stated is not the one in the video's number; the number's time was taken."
    ),
    "accounts_several": _("The file holds posts of %(count)s accounts: %(accounts)s."),
    "account_not_in_file": _("The file does not tell whose posts these are."),
    "years_inferred": _(
        "The days are written without a year; they were read as %(first)s to %(last)s, which ends before the export. If "
        "that is another year, state the day of the export."
    ),
    "days_in_sheet": _("The sheet “%(sheet)s” holds figures by day; importing the file stores them too."),
    "other_sheets": _("Sheets that are not read yet were left out: %(sheets)s."),
    "roas_derived": _(
        "The value of purchases was computed from ROAS and the amount spent; the file does not state it."
    ),
    "sign_assumed": _(
        "“%(sign)s” alone does not tell the country; amounts were read as %(currency)s. Where that is wrong, download "
        "the report with the column “Currency code”."
    ),
    "drafts_planned": _("Posts that the file calls drafts, planned like the others: %(count)s."),
    "customers_not_kept": _(
        "Names, addresses and whatever else the file tells of customers are not kept: only an order's number, time, "
        "amount, currency and origin."
    ),
    "orders_unpaid": _("Orders that nobody paid, or that were paid back whole, count as no sale: %(count)s."),
    "orders_without_origin": _(
        "Orders that do not tell where they came from: %(count)s. UTM tags in links tell, where the shop notes them."
    ),
    "currency_not_told": _("The file tells no currency for its revenue. The brand's currency is assumed."),
    "rows_repeated": _("%(count)s rows occur twice, letter for letter, and were taken once."),
    "columns_not_read": _("Columns that were not recognised and not read: %(columns)s."),
    "names_reported": _(
        "No real file of this report was at hand when its reader was written. Compare the first rows with your file "
        "before you confirm; if something is wrong, name the columns yourself."
    ),
    "clock_assumed": _("Times without a zone were read as %(zone)s."),
    # whole files
    "empty": _("The file is empty. Download it again."),
    "html": _(
        "This is a web page, not an export. Download the file again; you may have been signed out meanwhile. If it "
        "shows a table, open it in Excel and save it as CSV."
    ),
    "pdf": _("This is a PDF. Export the figures as CSV or Excel."),
    "zip": _("This is a compressed folder. Unpack it and upload the files in it."),
    "picture": _("This is a picture or a video. Export the figures as CSV or Excel."),
    "sheet_damaged": _("The Excel file cannot be opened: it is damaged or incomplete. Download it again."),
    "sheet_protected": _("The Excel file is protected by a password. Save it without one and upload it again."),
    "not_text": _(
        "This is neither a text table nor an Excel file, or it was damaged on its way. Export the figures as CSV or "
        "Excel, or download the file again."
    ),
    "cut_off": _("The file breaks off in the middle of a letter: it was not downloaded as a whole. Do it again."),
    "line_too_long": _(
        "A line of the file is longer than %(most)s characters, so it is no table of figures, or its line breaks "
        "were lost. Download it again."
    ),
    "cell_too_long": _(
        "A cell in line %(line)s holds more than %(most)s characters. Shorten it, or download the file again."
    ),
    "shared_text_too_long": _(
        "A text in the workbook is longer than %(most)s characters. Shorten it, or download the file again."
    ),
    "record_too_long": _(
        "One row of the file holds more than %(most)s MB of text: a quote was probably never closed. Download the "
        "file again."
    ),
    "quotes_broken": _(
        "The quotes in this file do not close: more than %(most)s rows up to line %(line)s cannot be told apart. "
        "Download the file again, and do not edit it by hand."
    ),
    "too_many_columns": _(
        "The table has more than %(most)s columns. Export fewer figures at once, or delete the columns that you do "
        "not need."
    ),
    "blank_rows": _(
        "More than %(most)s rows of the table are blank. Delete the blank rows, or download the file again."
    ),
    "too_many_sheets": _(
        "The workbook has more than %(most)s sheets. Save the one with the figures as a file of its own."
    ),
    "unpacks_too_far": _(
        "The workbook holds more than %(most)s MB when it is unpacked. Export a shorter period, or save it as CSV."
    ),
    "too_much_text": _(
        "The workbook holds more than %(most)s MB of text. Export a shorter period, or save it as CSV."
    ),
    "sheet_too_large": _(
        "The workbook is damaged, or reading it takes more than %(most)s MB of memory or %(seconds)s seconds. Open "
        "it in Excel and save it as .xlsx or CSV."
    ),
    "formula_without_value": _(
        "Row %(line)s holds a formula that was never computed. Open the file in Excel or LibreOffice, save it, and "
        "upload it again."
    ),
    "no_table": _("There is no row of column names in this file."),
    "unknown": _("This export is not recognised. Use the template, or tell which column is which."),
    "unknown_nearest": _("This looks like %(title)s, but these columns are missing: %(missing)s."),
    "known_not_read": _("This is “%(name)s”, which Timone does not read yet. %(instead)s"),
    "mapping_incomplete": _("Tell which columns hold these fields, which every post needs: %(columns)s."),
    "days_without_order": _(
        "The days are written without a year, and not in an order from which it follows. Download the file again and "
        "upload it as it is."
    ),
    "series_unknown": _(
        "This is a series by day of Meta Business Suite, but “%(title)s” is not a figure that Timone keeps. Export "
        "reach, views, interactions, link clicks, visits or follows."
    ),
    "period_missing": _("The file does not tell its period. Export it with “%(columns)s”."),
}


def word(code: str, facts: dict[str, Any]) -> str:
    """The English sentence of a code."""
    try:
        return MESSAGES[code] % facts
    except KeyError:
        return MESSAGES.get(code, code)
