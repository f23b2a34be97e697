using System.Data;

namespace ModerationConsole.Core.Data;

/// <summary>
/// Operations that share transactions with each other and with no others, because they ask the database for the same. The
/// embedded database has one writer, so there all lanes are one.
/// </summary>
/// <param name="Name">What it is called in figures.</param>
/// <param name="Isolation">What its operations may rely on, on a server.</param>
/// <param name="Writers">How many transactions of it one node runs at a time, on a server.</param>
public sealed record WriteLane(string Name, IsolationLevel Isolation, int Writers)
{
    /// <summary>
    /// For whatever has no lane of its own. Everything that an operation reads is of one moment, so a rule checked against one
    /// row still holds when the next is read; one that lost against another writer meets a conflict and runs again.
    /// </summary>
    public static WriteLane General { get; } = new("general", IsolationLevel.RepeatableRead, 4);

    /// <summary>Whether nobody has to learn at once that one of its transactions was committed.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>Statement that opens each of its transactions on PostgreSQL.</summary>
    public string? PostgresFirst { get; init; }

    /// <summary>The same on SQL Server.</summary>
    public string? SqlServerFirst { get; init; }
}
