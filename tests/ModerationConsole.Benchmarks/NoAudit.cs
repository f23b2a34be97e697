using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Benchmarks;

/// <summary>In place of the audit's append, nothing: entries are made, and dropped before anything is stored. What it saves is what the audit costs.</summary>
internal sealed class NoAudit(ILogWriter inner) : ILogWriter
{
    /// <inheritdoc />
    public Task WriteAsync(ConsoleDbContext db, IReadOnlyList<object> rows) =>
        inner.WriteAsync(db, [.. rows.Where(row => row is not (AuditEntry or AuditUnsealed))]);
}
