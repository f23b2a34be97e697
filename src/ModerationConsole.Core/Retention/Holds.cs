using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Audit.Proofs;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Retention;

/// <summary>What became of a hold.</summary>
public enum HoldOutcome
{
    Placed,
    Lifted,

    /// <summary>Neither a case nor an account was named, or both were.</summary>
    SubjectMissing,

    /// <summary>There is no case of that number that the caller may know of.</summary>
    CaseMissing,

    /// <summary>A hold needs a reason.</summary>
    ReasonMissing,

    /// <summary>The same is held already.</summary>
    HeldAlready,

    /// <summary>There is no such hold, or it was lifted meanwhile.</summary>
    Gone,
}

/// <summary>What is to be held: a case, or everything of an account.</summary>
public sealed record HoldRequest(long? CaseNumber, string? ActorTypeId, string? ActorId, string Reason);

/// <summary>Says that a case, or everything of an account, is kept whatever its age, and not erased.</summary>
[Requires(Permission.ManageRetention)]
public sealed class PlaceHold(WritePath writes, ICaseSight sight, IAccessGuard guard) : IUseCase
{
    /// <summary>Places the hold.</summary>
    public async Task<HoldOutcome> RunAsync(Caller caller, HoldRequest wanted, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<PlaceHold>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(wanted);
        HoldRequest clean = new(wanted.CaseNumber, Text(wanted.ActorTypeId), Text(wanted.ActorId), (wanted.Reason ?? "").Trim());
        bool account = clean.ActorTypeId is not null && clean.ActorId is not null;
        return account == clean.CaseNumber is not null || clean.ActorTypeId?.Length > TextLength.Id || clean.ActorId?.Length > TextLength.Id ? HoldOutcome.SubjectMissing
            : clean.Reason.Length is 0 or > TextLength.Note ? HoldOutcome.ReasonMissing
            : await PlaceAsync(caller, clean, cancellationToken).ConfigureAwait(false);
    }

    private async Task<HoldOutcome> PlaceAsync(Caller caller, HoldRequest wanted, CancellationToken cancellationToken)
    {
        IReadOnlySet<Permission> permissions = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync((scope, cancel) => PlaceAsync(scope, caller, permissions, wanted, cancel), cancellationToken).ConfigureAwait(false);
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private async Task<HoldOutcome> PlaceAsync(
        WriteScope scope, Caller caller, IReadOnlySet<Permission> permissions, HoldRequest wanted, CancellationToken cancellationToken)
    {
        if (wanted.CaseNumber is { } number && !await sight.MayKnowAsync(scope.Db, caller, number, permissions, cancellationToken).ConfigureAwait(false))
        {
            return HoldOutcome.CaseMissing;
        }

        if (await scope.Db.Set<LegalHold>().AnyAsync(
            row => row.LiftedAt == null && row.CaseNumber == wanted.CaseNumber && row.ActorTypeId == wanted.ActorTypeId && row.ActorId == wanted.ActorId,
            cancellationToken).ConfigureAwait(false))
        {
            return HoldOutcome.HeldAlready;
        }

        LegalHold row = new()
        {
            CaseNumber = wanted.CaseNumber,
            ActorTypeId = wanted.CaseNumber is null ? wanted.ActorTypeId : null,
            ActorId = wanted.CaseNumber is null ? wanted.ActorId : null,
            Reason = wanted.Reason,
            PlacedBy = caller.Id,
            PlacedAt = scope.Now,
        };
        scope.Db.Add(row);
        scope.Record(caller, AuditAct.HoldPlaced, row.CaseNumber, subject: row.Id.ToString());
        return HoldOutcome.Placed;
    }
}

/// <summary>Says that what was held may go again when it is old enough.</summary>
[Requires(Permission.ManageRetention)]
public sealed class LiftHold(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Lifts the hold.</summary>
    public async Task<HoldOutcome> RunAsync(Caller caller, Guid holdId, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<LiftHold>(caller, cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync(
            async (scope, cancel) =>
            {
                LegalHold? row = await scope.Db.Set<LegalHold>().SingleOrDefaultAsync(one => one.Id == holdId && one.LiftedAt == null, cancel).ConfigureAwait(false);
                if (row is null)
                {
                    return HoldOutcome.Gone;
                }

                (row.LiftedBy, row.LiftedAt) = (caller.Id, scope.Now);
                scope.Record(caller, AuditAct.HoldLifted, row.CaseNumber, subject: row.Id.ToString());
                return HoldOutcome.Lifted;
            },
            cancellationToken).ConfigureAwait(false);
    }
}
