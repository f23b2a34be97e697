using System.Data.Common;
using System.Globalization;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Audit.Sealing;

/// <summary>
/// Reads entries straight from a reader, strictly: what is not exactly as the console writes it is a format error, because it was
/// not the console that wrote it.
/// </summary>
internal sealed class EntryRows(DbDataReader reader, DatabaseProvider provider, int first)
{
    /// <summary>The columns, of the table named <c>e</c>, in the order in which they are read.</summary>
    public const string Columns =
        """e."Number", e."Id", e."At", e."Act", e."ActorKind", e."ActorId", e."CaseNumber", e."TaskNumber", e."Subject", e."Details" """;

    private const string SqliteTime = "yyyy-MM-dd HH:mm:ss.FFFFFFF";

    private static readonly Dictionary<string, AuditAct> s_acts = Enum.GetValues<AuditAct>().ToDictionary(act => act.ToString(), StringComparer.Ordinal);
    private static readonly Dictionary<string, CallerKind> s_kinds = Enum.GetValues<CallerKind>().ToDictionary(kind => kind.ToString(), StringComparer.Ordinal);

    private readonly bool _text = provider == DatabaseProvider.Sqlite;

    /// <summary>Whether there is an entry in this row of an outer join.</summary>
    public bool IsThere => !reader.IsDBNull(first);

    /// <summary>The entry's number.</summary>
    public long Number => reader.GetInt64(first);

    /// <summary>The entry of this row.</summary>
    /// <exception cref="FormatException">A value is not as the console writes it.</exception>
    public AuditEntry Read()
    {
        try
        {
            return new AuditEntry
            {
                Number = reader.GetInt64(first),
                Id = Id(first + 1),
                At = Time(first + 2),
                Act = Name(s_acts, first + 3),
                ActorKind = Name(s_kinds, first + 4),
                ActorId = reader.IsDBNull(first + 5) ? null : Id(first + 5),
                CaseNumber = reader.IsDBNull(first + 6) ? null : reader.GetInt64(first + 6),
                TaskNumber = reader.IsDBNull(first + 7) ? null : reader.GetInt64(first + 7),
                Subject = reader.IsDBNull(first + 8) ? null : reader.GetString(first + 8),
                Details = reader.GetString(first + 9),
            };
        }
        catch (Exception error) when (error is InvalidCastException or OverflowException)
        {
            throw new FormatException("A value is of another type.", error);
        }
    }

    private static T Name<T>(Dictionary<string, T> names, string text) => names.TryGetValue(text, out T? value) ? value : throw new FormatException("An unknown name.");

    private T Name<T>(Dictionary<string, T> names, int column) => Name(names, reader.GetString(column));

    private Guid Id(int column)
    {
        if (!_text)
        {
            return reader.GetGuid(column);
        }

        string text = reader.GetString(column);
        return Guid.TryParseExact(text, "D", out Guid id) && !text.AsSpan().ContainsAnyInRange('a', 'f') ? id : throw new FormatException("Not an id.");
    }

    private DateTimeOffset Time(int column)
    {
        if (!_text)
        {
            return new DateTimeOffset(DateTime.SpecifyKind(reader.GetDateTime(column), DateTimeKind.Utc), TimeSpan.Zero);
        }

        return DateTimeOffset.TryParseExact(reader.GetString(column), SqliteTime, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at)
            ? at
            : throw new FormatException("Not a time.");
    }
}
