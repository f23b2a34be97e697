using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using ModerationConsole.Core.Cases;

namespace ModerationConsole.Tests.Integration.Intake;

/// <summary>Fails whenever the case of an item in one language is stored.</summary>
internal sealed class Poison : SaveChangesInterceptor
{
    public const string Language = "tlh";

    public bool Acts { get; set; }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
        Acts && eventData.Context!.ChangeTracker.Entries<Case>().Any(entry => entry.State == EntityState.Added && entry.Entity.Language == Language)
            ? throw new InvalidOperationException("This one cannot be stored.")
            : base.SavingChangesAsync(eventData, result, cancellationToken);
}
