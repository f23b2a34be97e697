using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;

// Words hold letters and digits only, so no query language can be written with them; they are parameters all the same. Names of
// tables and columns are those of our own types.
namespace ModerationConsole.Core.Cases;

/// <summary>Search on SQLite: FTS5 over a table of words, walked in order of its numbers.</summary>
internal sealed class SqliteText : ITextSearch
{
    /// <summary>The index of a table, and triggers that keep it beside.</summary>
    public static string[] Create(string table, string key) =>
    [
        $"CREATE VIRTUAL TABLE {table}_index USING fts5(Words, content='{table}', content_rowid='{key}', tokenize='unicode61 remove_diacritics 0');",
        $"CREATE TRIGGER tr_{table}_insert AFTER INSERT ON {table} BEGIN INSERT INTO {table}_index(rowid, Words) VALUES (new.{key}, new.Words); END;",
        $"CREATE TRIGGER tr_{table}_delete AFTER DELETE ON {table} BEGIN INSERT INTO {table}_index({table}_index, rowid, Words) VALUES ('delete', old.{key}, old.Words); END;",
        $"""
        CREATE TRIGGER tr_{table}_update AFTER UPDATE ON {table} BEGIN
            INSERT INTO {table}_index({table}_index, rowid, Words) VALUES ('delete', old.{key}, old.Words);
            INSERT INTO {table}_index(rowid, Words) VALUES (new.{key}, new.Words);
        END;
        """,
    ];

    public IQueryable<long> Matching<TText>(ConsoleDbContext db, IReadOnlyList<SearchTerm> terms)
        where TText : class, ISearchedText
    {
        string query = string.Join(" AND ", terms.Select(term => $"\"{string.Join(' ', term.Words)}\"{(term.Begins ? " *" : "")}"));
        string sql = $"SELECT rowid AS \"Value\" FROM {TText.Table}_index WHERE {TText.Table}_index MATCH {{0}}";
        return db.Database.SqlQueryRaw<long>(sql, query);
    }
}

/// <summary>Search on PostgreSQL: a text vector that the database keeps beside the words, with a GIN index.</summary>
internal sealed class PostgresText : ITextSearch
{
    /// <summary>The vector of a table and its index.</summary>
    public static string[] Create(string table) =>
    [
        $"ALTER TABLE {table} ADD COLUMN search tsvector GENERATED ALWAYS AS (to_tsvector('simple', \"Words\")) STORED;",
        $"CREATE INDEX ix_{table}_search ON {table} USING gin (search);",
    ];

    public IQueryable<long> Matching<TText>(ConsoleDbContext db, IReadOnlyList<SearchTerm> terms)
        where TText : class, ISearchedText
    {
        string query = string.Join(" & ", terms.Select(term =>
            $"({string.Join(" <-> ", term.Words.Select((word, place) => term.Begins && place == term.Words.Count - 1 ? $"'{word}':*" : $"'{word}'"))})"));
        string sql = $"SELECT \"{TText.Key}\" AS \"Value\" FROM {TText.Table} WHERE search @@ to_tsquery('simple', {{0}})";
        return db.Database.SqlQueryRaw<long>(sql, query);
    }
}

/// <summary>Search on SQL Server, whose full-text service need not be installed: words are looked for where they begin.</summary>
internal sealed class SqlServerText : ITextSearch
{
    public IQueryable<long> Matching<TText>(ConsoleDbContext db, IReadOnlyList<SearchTerm> terms)
        where TText : class, ISearchedText
    {
        IQueryable<TText> found = db.Set<TText>();
        foreach (SearchTerm term in terms)
        {
            string pattern = "% " + string.Join(' ', term.Words) + (term.Begins ? "%" : " %");
            found = found.Where(row => EF.Functions.Like(EF.Property<string>(row, nameof(ISearchedText.Words)) + " ", pattern));
        }

        string key = TText.Key;
        return found.Select(row => EF.Property<long>(row, key));
    }
}
