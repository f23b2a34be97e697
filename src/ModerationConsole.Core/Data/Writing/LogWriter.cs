namespace ModerationConsole.Core.Data;

/// <summary>Writes the rows that operations appended to logs, at the end of their transaction.</summary>
public interface ILogWriter
{
    /// <summary>Inserts the rows in their order, in the context's transaction.</summary>
    Task WriteAsync(ConsoleDbContext db, IReadOnlyList<object> rows);
}

/// <summary>Writes logs past the change tracker.</summary>
internal sealed class LogWriter : ILogWriter
{
    public Task WriteAsync(ConsoleDbContext db, IReadOnlyList<object> rows) => RowWriter.WriteAsync(db, rows);
}
