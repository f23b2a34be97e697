using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Actors;

/// <summary>What violations of a severity weigh.</summary>
public sealed record StrikeWeight(Severity Severity, int Count, int ExpiryDays);

/// <summary>An action that is recommended, or ordered by itself, from so many strikes on.</summary>
public sealed record StrikeStep(int Count, string ActionId, bool Automatic = false);

/// <summary>How strikes are counted.</summary>
/// <param name="Weights">By severity, the lightest first.</param>
/// <param name="Steps">By their number.</param>
public sealed record StrikeTable(IReadOnlyList<StrikeWeight> Weights, IReadOnlyList<StrikeStep> Steps)
{
    /// <summary>What a severity weighs.</summary>
    public StrikeWeight Of(Severity severity) => Weights.First(weight => weight.Severity == severity);

    /// <summary>Whether an action can be ordered without anyone: it is there, can be taken back and asks for no value.</summary>
    internal static bool CanBeAutomatic(ActionDefinition action) =>
        action is { Archived: false, Reversible: true } && !ActionParameters.Check(ActionParameters.Parse(action.Parameters), null, "").Any();

    /// <summary>Whether it can be ordered on that account.</summary>
    internal static bool CanOrder(ActionDefinition action, PlatformActor account) =>
        CanBeAutomatic(action) && ActionScope.Covers(action.ItemTypes, ActionTarget.Item, account.TypeId, account.TypeId);

    /// <summary>The same for all decisions that are made in a transaction together, read once.</summary>
    internal static async Task<StrikeTable> OfGroupAsync(WriteScope scope, CancellationToken cancellationToken)
    {
        if (scope.Reads.Shared<StrikeTable>() is { } known)
        {
            return known;
        }

        StrikeTable table = await ReadAsync(scope.Db, cancellationToken).ConfigureAwait(false);
        scope.Reads.Share(table);
        return table;
    }

    internal static async Task<StrikeTable> ReadAsync(ConsoleDbContext db, CancellationToken cancellationToken)
    {
        List<StrikeRule> rules = await db.Set<StrikeRule>().AsNoTracking().ToListAsync(cancellationToken).ConfigureAwait(false);
        List<StrikeStep> steps = await db.Set<StrikeThreshold>().OrderBy(row => row.Count).Select(row => new StrikeStep(row.Count, row.ActionId, row.Automatic))
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return new StrikeTable(
            [.. Enum.GetValues<Severity>().Select(severity => rules.Find(rule => rule.Severity == severity) is { } set
                ? new StrikeWeight(severity, set.Count, set.ExpiryDays)
                : new StrikeWeight(severity, StrikeDefaults.Of(severity).Count, StrikeDefaults.Of(severity).ExpiryDays))],
            steps);
    }
}

/// <summary>Reads how strikes are counted.</summary>
[Requires(Permission.ViewPolicies)]
public sealed class ReadStrikeTable(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>Reads it.</summary>
    public async Task<StrikeTable> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReadStrikeTable>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await StrikeTable.ReadAsync(db, cancellationToken).ConfigureAwait(false);
        }
    }
}

/// <summary>What became of a table that was to be saved.</summary>
public enum SaveStrikeTableOutcome
{
    Saved,

    /// <summary>A number of strikes is not from 0 to 100, or of days not from 1 to 3 650.</summary>
    WeightInvalid,

    /// <summary>A step is not from 1 to 1 000, or stands twice.</summary>
    StepInvalid,

    /// <summary>A step names no action that can be ordered.</summary>
    UnknownAction,

    /// <summary>An action that is to be ordered by itself cannot be taken back, or asks for values that only a person can give.</summary>
    NeedsAPerson,

    /// <summary>Someone saved it meanwhile.</summary>
    Changed,
}

/// <summary>Sets how strikes are counted, and what is recommended or ordered at how many.</summary>
[Requires(Permission.EditPolicies)]
public sealed class SaveStrikeTable(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Stores the table whole.</summary>
    /// <param name="read">The table as it was read: one that someone changed meanwhile is not written over.</param>
    public async Task<SaveStrikeTableOutcome> RunAsync(Caller caller, StrikeTable wanted, StrikeTable read, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<SaveStrikeTable>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(read);
        return wanted.Weights.Any(weight => weight.Count is < 0 or > 100 || weight.ExpiryDays is < 1 or > 3_650)
                || !wanted.Weights.Select(weight => weight.Severity).Order().SequenceEqual(Enum.GetValues<Severity>()) ? SaveStrikeTableOutcome.WeightInvalid
            : wanted.Steps.Any(step => step.Count is < 1 or > 1_000) || wanted.Steps.DistinctBy(step => step.Count).Count() < wanted.Steps.Count ? SaveStrikeTableOutcome.StepInvalid
            : await writes.RunAsync((scope, token) => SaveAsync(scope, caller, wanted, read, token), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<SaveStrikeTableOutcome> SaveAsync(WriteScope scope, Caller caller, StrikeTable wanted, StrikeTable read, CancellationToken cancellationToken)
    {
        StrikeTable now = await StrikeTable.ReadAsync(scope.Db, cancellationToken).ConfigureAwait(false);
        if (!now.Weights.SequenceEqual(read.Weights) || !now.Steps.SequenceEqual(read.Steps))
        {
            return SaveStrikeTableOutcome.Changed;
        }

        string[] named = [.. wanted.Steps.Select(step => step.ActionId).Distinct()];
        if (await scope.Db.Set<ActionDefinition>().CountAsync(row => named.Contains(row.Id) && !row.Archived, cancellationToken).ConfigureAwait(false) < named.Length)
        {
            return SaveStrikeTableOutcome.UnknownAction;
        }

        string[] alone = [.. wanted.Steps.Where(step => step.Automatic).Select(step => step.ActionId).Distinct()];
        if ((await scope.Db.Set<ActionDefinition>().AsNoTracking().Where(row => alone.Contains(row.Id)).ToListAsync(cancellationToken).ConfigureAwait(false))
            .Exists(action => !StrikeTable.CanBeAutomatic(action)))
        {
            return SaveStrikeTableOutcome.NeedsAPerson;
        }

        scope.Db.RemoveRange(await scope.Db.Set<StrikeThreshold>().ToListAsync(cancellationToken).ConfigureAwait(false));
        scope.Db.RemoveRange(await scope.Db.Set<StrikeRule>().ToListAsync(cancellationToken).ConfigureAwait(false));
        await scope.Db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        scope.Db.AddRange(wanted.Weights.Select(weight => new StrikeRule { Severity = weight.Severity, Count = weight.Count, ExpiryDays = weight.ExpiryDays }));
        scope.Db.AddRange(wanted.Steps.Select(step => new StrikeThreshold { Count = step.Count, ActionId = step.ActionId, Automatic = step.Automatic }));
        scope.Record(caller, AuditAct.StrikeRulesChanged, details: new Dictionary<string, object?>
        {
            ["steps"] = string.Join(", ", wanted.Steps.Select(step => $"{step.Count} {step.ActionId}{(step.Automatic ? " by itself" : "")}")),
            ["weights"] = string.Join(", ", wanted.Weights.Select(weight => $"{weight.Severity} {weight.Count}/{weight.ExpiryDays}")),
        });
        return SaveStrikeTableOutcome.Saved;
    }
}
