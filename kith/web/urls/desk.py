"""The desk: bringing in, Today, contacts, the report."""

from django.urls import path

from kith.web.views import contacts, imports, report, talks, today

urlpatterns = [
    path("bring-in/", imports.bring_in, name="bring_in"),
    path("bring-in/sample/", imports.sample, name="bring_in_sample"),
    path("bring-in/<slug:public_id>/", imports.import_run, name="import_run"),
    path("bring-in/<slug:public_id>/start/", imports.start, name="import_start"),
    path("bring-in/<slug:public_id>/cancel/", imports.cancel, name="import_cancel"),
    path("bring-in/<slug:public_id>/take-back/", imports.take_back, name="import_take_back"),
    path("today/", today.today, name="today"),
    path("today/<slug:public_id>/answer/", today.answer_today, name="answer_today"),
    path("contacts/", contacts.contacts, name="contacts"),
    path("contacts/back-fill/", talks.back_fill, name="back_fill"),
    path("contacts/back-fill/answer/", talks.back_fill_answer, name="back_fill_answer"),
    path("contacts/back-fill/undo/", talks.back_fill_undo, name="back_fill_undo"),
    path("contacts/back-fill/again/", talks.back_fill_again, name="back_fill_again"),
    path("contacts/<slug:public_id>/", contacts.contact, name="contact"),
    path("contacts/<slug:public_id>/talks/", talks.log_talk, name="log_talk"),
    path("contacts/<slug:public_id>/talks/erase/", talks.erase_talk, name="erase_talk"),
    path("contacts/<slug:public_id>/notes/", talks.write_note, name="write_note"),
    path("contacts/<slug:public_id>/notes/erase/", talks.erase_note, name="erase_note"),
    path("contacts/<slug:public_id>/edit/", contacts.edit_contact, name="edit_contact"),
    path("contacts/<slug:public_id>/let-go/", contacts.let_go, name="let_go"),
    path("contacts/<slug:public_id>/take-up-again/", contacts.take_up_again, name="take_up_again"),
    path("contacts/<slug:public_id>/merge/", contacts.merge_contact, name="merge_contact"),
    path("contacts/<slug:public_id>/undo-merge/", contacts.undo_merge, name="undo_merge"),
    path("contacts/<slug:public_id>/remove/", contacts.remove_contact, name="remove_contact"),
    path("report/", report.report, name="report"),
    path("report/<slug:table>.csv", report.report_table, name="report_table"),
    path("report/people/<slug:figure>/", report.report_people, name="report_people"),
    path("report/versions/<slug:public_id>/", report.report_version, name="report_version"),
]
