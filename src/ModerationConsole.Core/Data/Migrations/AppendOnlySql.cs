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

    /// <summary>
    /// What only retention may delete from, inside a transaction that holds a row of <c>retention_opening</c>; it commits none.
    /// Leaves, tiles and heads are not among them: nothing ever deletes those.
    /// </summary>
    public static readonly string[] RetainedTables = ["audit_entry", "media_reveal", "media_reveal_end", "case_comment", "stacked_decision"];

    public static IEnumerable<string> OpenSqlite(string[] tables) => tables.SelectMany(table => new[]
    {
        $"DROP TRIGGER {Name(table, "DELETE")};",
        $"CREATE TRIGGER {Name(table, "DELETE")} BEFORE DELETE ON {table} WHEN NOT EXISTS (SELECT 1 FROM retention_opening) BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;",
    });

    public static IEnumerable<string> CloseSqlite(string[] tables) => tables.SelectMany(table => new[]
    {
        $"DROP TRIGGER {Name(table, "DELETE")};",
        $"CREATE TRIGGER {Name(table, "DELETE")} BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;",
    });

    // After and not instead of, so that a deletion that may be is done without being written out again here; THROW undoes any other.
    public static IEnumerable<string> OpenSqlServer(string[] tables) => tables.SelectMany(table => new[]
    {
        $"DROP TRIGGER {Name(table, "CHANGE")};",
        $"EXEC('CREATE TRIGGER {Name(table, "CHANGE")} ON [{table}] AFTER UPDATE, DELETE AS BEGIN IF EXISTS (SELECT 1 FROM inserted) OR NOT EXISTS (SELECT 1 FROM [retention_opening]) THROW 51000, ''{table} is append-only'', 1; END')",
    });

    public static IEnumerable<string> CloseSqlServer(string[] tables) => DropSqlServer(tables).Concat(CreateSqlServer(tables));

    public const string CreatePostgresOpening = """
        CREATE FUNCTION refuse_change_but_retention() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM retention_opening) THEN RETURN NULL; END IF;
            RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
        END $$;
        """;

    public const string DropPostgresOpening = "DROP FUNCTION refuse_change_but_retention();";

    public static IEnumerable<string> OpenPostgres(string[] tables) => tables.SelectMany(table => new[]
    {
        $"DROP TRIGGER {Name(table, "CHANGE")} ON {table};",
        $"CREATE TRIGGER {Name(table, "CHANGE")} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_but_retention();",
    });

    public static IEnumerable<string> ClosePostgres(string[] tables) => DropPostgres(tables).Concat(CreatePostgres(tables));

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
