"""Why some of what the house keeps does not go out: every model is exported or named here (G17)."""

NOT_EXPORTED: dict[str, str] = {
    "account.EmailConfirmation": "a key that was mailed, worth nothing elsewhere",
    "archive.Export": "the exports themselves: files that die after a week",
    "auth.Group": "Django's, unused",
    "auth.Permission": "Django's, unused",
    "contacts.AnalyticsDay": "made anew from the figures each workbook left in mine/imports",
    "contacts.AnalyticsPost": "made anew from the figures each workbook left in mine/imports",
    "contacts.AnalyticsTotal": "made anew from the figures each workbook left in mine/imports",
    "contacts.ImportProgress": "how far an import is while it runs",
    "contenttypes.ContentType": "names of tables",
    "core.AnsweredForm": "sealed answers to forms, forgotten after a day",
    "core.Budget": "how often something was done lately",
    "core.HostSetting": "the host's",
    "core.Letter": "mail on its way; what was sent is in the member's mailbox",
    "members.HostField": "the host's own fields; what they say of a member is in ties/host_fields",
    "members.Organisation": "everybody's: a row that names one goes out with its name",
    "members.QuietAddress": "keyed hashes of addresses outside that want no letters",
    "network.Neighbours": "made anew from the connections",
    "network.Side": "the connections once more, read from each side",
    "network.UnseenInPaths": "made anew from what each member chose in mine/network_choices",
    "notifications.Announcement": "the host's word to everybody; its notice is in ties/notices",
    "procrastinate.ProcrastinateEvent": "background work",
    "procrastinate.ProcrastinateJob": "background work",
    "procrastinate.ProcrastinatePeriodicDefer": "background work",
    "procrastinate.ProcrastinateWorker": "background work",
    "sessions.Session": "who is signed in now; ties/browsers says from where",
    "socialaccount.SocialApp": "the host's",
    "socialaccount.SocialToken": "a key to another house",
}

# A row can hang on several members: these are not the ones it is exported for.
NOT_FOLLOWED: dict[str, str] = {
    "members.AuditEntry.actor": "the log of the house: what a host did is the house's",
    "members.Block.blocked": "the other one's decision, which nobody learns of",
    "members.JoinRequest.decided_by": "somebody else's request",
    "members.Restriction.made_by": "somebody else's restriction",
    "members.RosterEntry.made_by": "the house's roster",
    "network.Connection.high": "the same row, read from either side",
    "network.TopUp.made_by": "a host's grant to somebody else",
    "profiles.EndorsementRequest.asked": "somebody else's request; its notice is in ties/notices",
    "notifications.Notification.actor": "somebody else's notice",
}
