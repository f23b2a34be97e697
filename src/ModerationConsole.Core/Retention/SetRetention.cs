using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Retention;

/// <summary>What became of a period that was to be set.</summary>
public enum SetRetentionOutcome
{
    Saved,

    /// <summary>There is no such class.</summary>
    Unknown,

    /// <summary>Shorter than the class must be kept.</summary>
    TooShort,

    /// <summary>Longer than thirty years.</summary>
    TooLong,

    /// <summary>Longer than a class that must outlive it, or shorter than one that it must outlive.</summary>
    Crossed,

    /// <summary>Someone set it meanwhile.</summary>
    Changed,
}

/// <summary>Sets how long a class is kept.</summary>
[Requires(Permission.ManageRetention)]
public sealed class SetRetention(WritePath writes, IEnumerable<IRecordClass> classes, IAccessGuard guard) : IUseCase
{
    /// <summary>The longest time that may be set, days.</summary>
    public const int MostDays = 30 * 365;

    /// <summary>Sets the period.</summary>
    /// <param name="expected">The days that the caller saw.</param>
    public async Task<SetRetentionOutcome> RunAsync(Caller caller, string name, int days, int expected, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<SetRetention>(caller, cancellationToken).ConfigureAwait(false);
        return classes.SingleOrDefault(one => one.Name == name) is not { } kind ? SetRetentionOutcome.Unknown
            : days < kind.LeastDays ? SetRetentionOutcome.TooShort
            : days > MostDays ? SetRetentionOutcome.TooLong
            : await writes.RunAsync((scope, cancel) => SetAsync(scope, caller, kind, days, expected, cancel), cancellationToken).ConfigureAwait(false);
    }

    private async Task<SetRetentionOutcome> SetAsync(WriteScope scope, Caller caller, IRecordClass kind, int days, int expected, CancellationToken cancellationToken)
    {
        Dictionary<string, RetentionPeriod> set = await scope.Db.Set<RetentionPeriod>().ToDictionaryAsync(row => row.Class, cancellationToken).ConfigureAwait(false);
        int Days(IRecordClass one) => set.TryGetValue(one.Name, out RetentionPeriod? row) ? row.Days : one.DefaultDays;
        int before = Days(kind);
        if (before != expected)
        {
            return SetRetentionOutcome.Changed;
        }

        // What vouches for a record, and what a record stands in, is kept at least as long.
        if (classes.Any(one => (one.Name == kind.Within && Days(one) < days) || (one.Within == kind.Name && Days(one) > days)))
        {
            return SetRetentionOutcome.Crossed;
        }

        if (set.TryGetValue(kind.Name, out RetentionPeriod? row))
        {
            row.Days = days;
        }
        else
        {
            scope.Db.Add(new RetentionPeriod { Class = kind.Name, Days = days });
        }

        scope.Record(caller, AuditAct.RetentionSet, subject: kind.Name, details: new Dictionary<string, object?> { ["before"] = before, ["days"] = days });
        return SetRetentionOutcome.Saved;
    }
}
