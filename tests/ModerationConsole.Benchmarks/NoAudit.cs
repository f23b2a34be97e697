using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using ModerationConsole.Core.Audit;

namespace ModerationConsole.Benchmarks;

/// <summary>In place of the audit's append, nothing: entries are made, and dropped before anything is stored. What it saves is what the audit costs.</summary>
internal sealed class NoAudit : SaveChangesInterceptor
{
    /// <inheritdoc />
    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        foreach (var entry in eventData.Context!.ChangeTracker.Entries().Where(entry => entry is { State: EntityState.Added, Entity: AuditEntry or AuditUnsealed }).ToList())
        {
            entry.State = EntityState.Detached;
        }

        return ValueTask.FromResult(result);
    }
}
