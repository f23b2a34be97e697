using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Escalations.Emergencies;

/// <summary>What became of a record that an authority was told.</summary>
public enum RecordAuthorityOutcome
{
    Recorded,

    /// <summary>It was not said which authority, or in too many words.</summary>
    AuthorityInvalid,

    /// <summary>The time lies ahead, or before the emergency was raised.</summary>
    TimeInvalid,

    /// <summary>The reference is longer than 200 characters.</summary>
    ReferenceTooLong,

    /// <summary>Nobody of that id works here.</summary>
    UnknownPerson,

    /// <summary>There is no emergency of that number that the caller may know of.</summary>
    NotThere,
}

/// <summary>
/// Writes down which authority was told of an emergency, when and by whom. Records are never changed; also after the ruling more may
/// follow.
/// </summary>
[Requires(Permission.RuleOnEscalations)]
public sealed class RecordAuthority(WritePath writes, IAccessGuard guard, IUnseenCases unseen) : IUseCase
{
    // Clocks of two people differ by a little.
    private static readonly TimeSpan s_slack = TimeSpan.FromMinutes(1);

    /// <summary>Adds the record.</summary>
    /// <param name="toldBy">Who told it; the caller if null.</param>
    /// <param name="reference">The authority's reference number, where it gave one.</param>
    public async Task<RecordAuthorityOutcome> RunAsync(
        Caller caller, long number, string? authority, DateTimeOffset toldAt, Guid? toldBy, string? reference, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<RecordAuthority>(caller, cancellationToken).ConfigureAwait(false);
        IReadOnlySet<Permission> permissions = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        string? name = DecisionText.Clean(authority);
        string? given = DecisionText.Clean(reference);
        if (name is null or { Length: > TextLength.Line })
        {
            return RecordAuthorityOutcome.AuthorityInvalid;
        }

        return given is { Length: > TextLength.Id } ? RecordAuthorityOutcome.ReferenceTooLong : await writes.RunAsync(
            async (scope, token) =>
            {
                Escalation? raised = await scope.Db.EscalationsInSightOf(caller, permissions, unseen).AsNoTracking()
                    .SingleOrDefaultAsync(row => row.ExpertTask == number && row.Urgency == EscalationUrgency.Emergency, token).ConfigureAwait(false);
                if (raised is null)
                {
                    return RecordAuthorityOutcome.NotThere;
                }

                if (toldAt > scope.Now + s_slack || toldAt < raised.AskedAt - s_slack)
                {
                    return RecordAuthorityOutcome.TimeInvalid;
                }

                Guid by = toldBy ?? caller.Id;
                if (!await scope.Db.Set<Moderator>().AnyAsync(person => person.Id == by, token).ConfigureAwait(false))
                {
                    return RecordAuthorityOutcome.UnknownPerson;
                }

                await WriteAsync(scope, caller, raised, new ToldAuthority
                {
                    EscalationId = raised.Id,
                    Authority = name,
                    ToldAt = toldAt,
                    ToldBy = by,
                    Reference = given,
                    RecordedBy = caller.Id,
                    RecordedAt = scope.Now,
                }, token).ConfigureAwait(false);
                return RecordAuthorityOutcome.Recorded;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static async Task WriteAsync(WriteScope scope, Caller caller, Escalation raised, ToldAuthority told, CancellationToken cancellationToken)
    {
        scope.Db.Add(told);
        bool childSafety = await scope.Db.Set<Case>().AnyAsync(about => about.Number == raised.CaseNumber && about.Sensitivity == Sensitivity.ChildSafety, cancellationToken).ConfigureAwait(false);
        scope.Record(caller, AuditAct.AuthorityTold, raised.CaseNumber, raised.ExpertTask, told.Id.ToString(), new Dictionary<string, object?>
        {
            ["authority"] = TextHash.Of(told.Authority),
            ["escalation"] = raised.Id,
            ["reference"] = told.Reference is null ? null : TextHash.Of(told.Reference),
            ["toldAt"] = told.ToldAt.UtcDateTime,
            ["toldBy"] = told.ToldBy,
        });
        scope.Publish(LiveKind.CaseChanged, raised.CaseNumber, childSafety: childSafety);
    }
}
