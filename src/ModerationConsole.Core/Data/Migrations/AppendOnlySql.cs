namespace ModerationConsole.Core.Data.Migrations;

/// <summary>Statements for the triggers that guard append-only tables, for each provider.</summary>
internal static class AppendOnlySql
{
    /// <summary>What was append-only from the first.</summary>
    public static readonly string[] FirstTables = ["audit_entry", "audit_leaf", "audit_tree_head"];

    /// <summary>What the ladder and the sealing brought.</summary>
    public static readonly string[] LadderTables = ["audit_tile", "media_reveal", "media_reveal_end"];

    /// <summary>What people write beside cases.</summary>
    public static readonly string[] CommentTables = ["case_comment"];

    /// <summary>What stacks brought.</summary>
    public static readonly string[] StackTables = ["stacked_decision"];

    public static IEnumerable<string> CreateSqlite(string[] tables) =>
        from table in tables
        from act in new[] { "UPDATE", "DELETE" }
        select $"CREATE TRIGGER {Name(table, act)} BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;";

    public static IEnumerable<string> DropSqlite(string[] tables) =>
        from table in tables
        from act in new[] { "UPDATE", "DELETE" }
        select $"DROP TRIGGER {Name(table, act)};";

    public static IEnumerable<string> CreateSqlServer(string[] tables) =>
        tables.Select(table =>
            $"EXEC('CREATE TRIGGER {Name(table, "CHANGE")} ON [{table}] INSTEAD OF UPDATE, DELETE AS BEGIN THROW 51000, ''{table} is append-only'', 1; END')");

    public static IEnumerable<string> DropSqlServer(string[] tables) => tables.Select(table => $"DROP TRIGGER {Name(table, "CHANGE")};");

    public const string CreatePostgresFunction = """
        CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
        """;

    public const string DropPostgresFunction = "DROP FUNCTION refuse_change();";

    public static IEnumerable<string> CreatePostgres(string[] tables) =>
        tables.Select(table => $"CREATE TRIGGER {Name(table, "CHANGE")} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();");

    public static IEnumerable<string> DropPostgres(string[] tables) =>
        tables.Select(table => $"DROP TRIGGER {Name(table, "CHANGE")} ON {table};");

    private static string Name(string table, string act) => $"tr_{table}_{act.ToLowerInvariant()}";
}
