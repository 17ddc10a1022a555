"""A claim's span lies inside its article and quotes it exactly; a quoted article keeps its characters.

A check constraint cannot look into another table, so the database does it by trigger. Both databases count `substr`
in code points, as Python does. SQLite drops triggers when a later migration rebuilds their table: call `guard_spans`
there again (tests/tracker/models/test_constraints.py notices).
"""

SQLITE = {
    "tracker_claim_quotes_insert": """
        CREATE TRIGGER tracker_claim_quotes_insert BEFORE INSERT ON tracker_claim
        WHEN (SELECT substr(text, NEW.start + 1, NEW."end" - NEW.start) FROM tracker_article WHERE id = NEW.article_id)
             IS NOT NEW.quote
        BEGIN SELECT RAISE(ABORT, 'claim_quotes_article: the span does not quote the article exactly'); END""",
    "tracker_claim_quotes_update": """
        CREATE TRIGGER tracker_claim_quotes_update BEFORE UPDATE OF article_id, start, "end", quote ON tracker_claim
        WHEN (SELECT substr(text, NEW.start + 1, NEW."end" - NEW.start) FROM tracker_article WHERE id = NEW.article_id)
             IS NOT NEW.quote
        BEGIN SELECT RAISE(ABORT, 'claim_quotes_article: the span does not quote the article exactly'); END""",
    "tracker_article_keeps_text": """
        CREATE TRIGGER tracker_article_keeps_text BEFORE UPDATE OF text ON tracker_article
        WHEN NEW.text IS NOT OLD.text AND EXISTS (SELECT 1 FROM tracker_claim WHERE article_id = OLD.id)
        BEGIN SELECT RAISE(ABORT, 'article_keeps_text: claims quote this text, so it cannot change'); END""",
}

POSTGRESQL = """
CREATE FUNCTION tracker_claim_quotes() RETURNS trigger AS $$
BEGIN
    IF (SELECT substr(text, NEW.start + 1, NEW."end" - NEW.start) FROM tracker_article WHERE id = NEW.article_id)
       IS DISTINCT FROM NEW.quote THEN
        RAISE EXCEPTION 'claim_quotes_article: the span does not quote the article exactly'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$ LANGUAGE plpgsql;
CREATE TRIGGER tracker_claim_quotes BEFORE INSERT OR UPDATE OF article_id, start, "end", quote ON tracker_claim
    FOR EACH ROW EXECUTE FUNCTION tracker_claim_quotes();
CREATE FUNCTION tracker_article_keeps_text() RETURNS trigger AS $$
BEGIN
    IF NEW.text IS DISTINCT FROM OLD.text AND EXISTS (SELECT 1 FROM tracker_claim WHERE article_id = OLD.id) THEN
        RAISE EXCEPTION 'article_keeps_text: claims quote this text, so it cannot change'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$ LANGUAGE plpgsql;
CREATE TRIGGER tracker_article_keeps_text BEFORE UPDATE OF text ON tracker_article
    FOR EACH ROW EXECUTE FUNCTION tracker_article_keeps_text();
"""

POSTGRESQL_BACK = """
DROP TRIGGER tracker_claim_quotes ON tracker_claim;
DROP FUNCTION tracker_claim_quotes();
DROP TRIGGER tracker_article_keeps_text ON tracker_article;
DROP FUNCTION tracker_article_keeps_text();
"""


def guard_spans(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
        return
    for statement in SQLITE.values():
        schema_editor.execute(statement)


def unguard_spans(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_BACK)
        return
    for name in SQLITE:
        schema_editor.execute(f"DROP TRIGGER {name}")
