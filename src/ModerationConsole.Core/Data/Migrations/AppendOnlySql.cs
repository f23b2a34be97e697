namespace ModerationConsole.Core.Data.Migrations;

/// <summary>Statements for the triggers that guard append-only tables, for each provider.</summary>
internal static class AppendOnlySql
{
    private static readonly string[] s_tables = ["audit_entry", "audit_leaf", "audit_tree_head"];

    public static IEnumerable<string> CreateSqlite() =>
        from table in s_tables
        from act in new[] { "UPDATE", "DELETE" }
        select $"CREATE TRIGGER {Name(table, act)} BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;";

    public static IEnumerable<string> DropSqlite() =>
        from table in s_tables
        from act in new[] { "UPDATE", "DELETE" }
        select $"DROP TRIGGER {Name(table, act)};";

    public static IEnumerable<string> CreateSqlServer() =>
        s_tables.Select(table =>
            $"EXEC('CREATE TRIGGER {Name(table, "CHANGE")} ON [{table}] INSTEAD OF UPDATE, DELETE AS BEGIN THROW 51000, ''{table} is append-only'', 1; END')");

    public static IEnumerable<string> DropSqlServer() => s_tables.Select(table => $"DROP TRIGGER {Name(table, "CHANGE")};");

    public static IEnumerable<string> CreatePostgres() =>
        s_tables
            .Select(table => $"CREATE TRIGGER {Name(table, "CHANGE")} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();")
            .Prepend("""
                CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
                """);

    public static IEnumerable<string> DropPostgres() =>
        s_tables.Select(table => $"DROP TRIGGER {Name(table, "CHANGE")} ON {table};").Append("DROP FUNCTION refuse_change();");

    private static string Name(string table, string act) => $"tr_{table}_{act.ToLowerInvariant()}";
}
