"""The audit log is only ever added to: the database refuses any other change but forgetting who (erasure)."""

from django.db import migrations

GUARD = """
CREATE FUNCTION members_auditentry_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE'
     AND (NEW.id, NEW.at, NEW.verb, NEW.detail) IS NOT DISTINCT FROM (OLD.id, OLD.at, OLD.verb, OLD.detail)
     AND (NEW.actor_id IS NULL OR NEW.actor_id IS NOT DISTINCT FROM OLD.actor_id)
     AND (NEW.subject_id IS NULL OR NEW.subject_id IS NOT DISTINCT FROM OLD.subject_id) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the audit log is only ever added to';
END $$;
CREATE TRIGGER members_auditentry_guard BEFORE UPDATE OR DELETE ON members_auditentry
  FOR EACH ROW EXECUTE FUNCTION members_auditentry_guard();
"""
OPEN = """
DROP TRIGGER members_auditentry_guard ON members_auditentry;
DROP FUNCTION members_auditentry_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("members", "0006_addresses_so_far")]

    operations = [migrations.RunSQL(GUARD, OPEN)]
