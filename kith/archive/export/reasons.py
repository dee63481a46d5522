"""Why some rows that hang on a member do not go out: every such model is exported or named here (G17)."""

NOT_EXPORTED: dict[str, str] = {
    "archive.Export": "the exports themselves: files that die after a week",
    "contacts.ImportProgress": "how far an import is while it runs",
    "contacts.AnalyticsDay": "made anew from the figures each workbook left in mine/imports",
    "contacts.AnalyticsPost": "made anew from the figures each workbook left in mine/imports",
    "contacts.AnalyticsTotal": "made anew from the figures each workbook left in mine/imports",
    "notifications.Announcement": "the host's word to everybody; its notice is in ties/notices",
}
