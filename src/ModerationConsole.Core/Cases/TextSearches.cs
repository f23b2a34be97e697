using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;

// Words hold letters and digits only, so no query language can be written with them; they are parameters all the same.
namespace ModerationConsole.Core.Cases;

/// <summary>Search on SQLite: FTS5 over the table of words, walked in order of case numbers.</summary>
internal sealed class SqliteCaseText : ICaseTextSearch
{
    /// <summary>The index, and triggers that keep it beside its table.</summary>
    public static readonly string[] Create =
    [
        "CREATE VIRTUAL TABLE case_text_index USING fts5(Words, content='case_text', content_rowid='CaseNumber', tokenize='unicode61 remove_diacritics 0');",
        "CREATE TRIGGER tr_case_text_insert AFTER INSERT ON case_text BEGIN INSERT INTO case_text_index(rowid, Words) VALUES (new.CaseNumber, new.Words); END;",
        "CREATE TRIGGER tr_case_text_delete AFTER DELETE ON case_text BEGIN INSERT INTO case_text_index(case_text_index, rowid, Words) VALUES ('delete', old.CaseNumber, old.Words); END;",
        """
        CREATE TRIGGER tr_case_text_update AFTER UPDATE ON case_text BEGIN
            INSERT INTO case_text_index(case_text_index, rowid, Words) VALUES ('delete', old.CaseNumber, old.Words);
            INSERT INTO case_text_index(rowid, Words) VALUES (new.CaseNumber, new.Words);
        END;
        """,
    ];

    public IQueryable<long> Matching(ConsoleDbContext db, IReadOnlyList<SearchTerm> terms)
    {
        string query = string.Join(" AND ", terms.Select(term => $"\"{string.Join(' ', term.Words)}\"{(term.Begins ? " *" : "")}"));
        return db.Database.SqlQuery<long>($"SELECT rowid AS \"Value\" FROM case_text_index WHERE case_text_index MATCH {query}");
    }
}

/// <summary>Search on PostgreSQL: a text vector that the database keeps beside the words, with a GIN index.</summary>
internal sealed class PostgresCaseText : ICaseTextSearch
{
    /// <summary>The vector and its index.</summary>
    public static readonly string[] Create =
    [
        "ALTER TABLE case_text ADD COLUMN search tsvector GENERATED ALWAYS AS (to_tsvector('simple', \"Words\")) STORED;",
        "CREATE INDEX ix_case_text_search ON case_text USING gin (search);",
    ];

    public IQueryable<long> Matching(ConsoleDbContext db, IReadOnlyList<SearchTerm> terms)
    {
        string query = string.Join(" & ", terms.Select(term =>
            $"({string.Join(" <-> ", term.Words.Select((word, place) => term.Begins && place == term.Words.Count - 1 ? $"'{word}':*" : $"'{word}'"))})"));
        return db.Database.SqlQuery<long>($"SELECT \"CaseNumber\" AS \"Value\" FROM case_text WHERE search @@ to_tsquery('simple', {query})");
    }
}

/// <summary>Search on SQL Server, whose full-text service need not be installed: words are looked for where they begin.</summary>
internal sealed class SqlServerCaseText : ICaseTextSearch
{
    public IQueryable<long> Matching(ConsoleDbContext db, IReadOnlyList<SearchTerm> terms)
    {
        IQueryable<CaseText> found = db.Set<CaseText>();
        foreach (SearchTerm term in terms)
        {
            string pattern = "% " + string.Join(' ', term.Words) + (term.Begins ? "%" : " %");
            found = found.Where(row => EF.Functions.Like(row.Words + " ", pattern));
        }

        return found.Select(row => row.CaseNumber);
    }
}
