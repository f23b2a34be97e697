using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Escalations.Precedents;

/// <summary>Publishes a ruling as a precedent, in words that the expert writes. Child-safety cases never become one.</summary>
[Requires(Permission.RuleOnEscalations)]
public sealed class PublishPrecedent(WritePath writes, IAccessGuard guard, IUnseenCases unseen, IEnumerable<ICaseGrounds> rules) : IUseCase
{
    private const int MostGrounds = 20;

    /// <summary>Publishes it once.</summary>
    /// <param name="ruling">Number of the escalation that was ruled on.</param>
    public async Task<PrecedentResult> RunAsync(Caller caller, long ruling, string policyId, PrecedentDraft draft, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<PublishPrecedent>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(draft);
        IReadOnlySet<Permission> permissions = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        (PrecedentDraft? words, PrecedentOutcome? refusal) = draft.Read();
        return words is null
            ? new PrecedentResult(refusal!.Value)
            : await writes.RunAsync((scope, token) => PublishAsync(scope, caller, ruling, policyId, words, permissions, token), cancellationToken).ConfigureAwait(false);
    }

    private async Task<PrecedentResult> PublishAsync(
        WriteScope scope, Caller caller, long ruling, string policyId, PrecedentDraft words, IReadOnlySet<Permission> permissions, CancellationToken cancellationToken)
    {
        Escalation? asked = await scope.Db.EscalationsInSightOf(caller, permissions, unseen).AsNoTracking()
            .SingleOrDefaultAsync(row => row.ExpertTask == ruling, cancellationToken).ConfigureAwait(false);
        if (asked is null)
        {
            return new PrecedentResult(PrecedentOutcome.NotThere);
        }

        Case about = await scope.Db.Set<Case>().AsNoTracking().SingleAsync(row => row.Number == asked.CaseNumber, cancellationToken).ConfigureAwait(false);
        if (!await scope.Db.Set<Case>().Where(row => row.Number == about.Number).FreeOfChildSafety(scope.Db).AnyAsync(cancellationToken).ConfigureAwait(false))
        {
            return new PrecedentResult(PrecedentOutcome.ChildSafety);
        }

        Decision? decision = asked.DecisionId is not { } id ? null
            : await scope.Db.Set<Decision>().SingleOrDefaultAsync(row => row.Id == id && row.State == DecisionState.Effective, cancellationToken).ConfigureAwait(false);
        if (decision is null)
        {
            return new PrecedentResult(PrecedentOutcome.NotRuled);
        }

        long? published = await scope.Db.Set<Precedent>().Where(row => row.RulingNumber == ruling && row.State != PrecedentState.Withdrawn).Standing(scope.Db)
            .Select(row => (long?)row.Number).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (published is not null)
        {
            return new PrecedentResult(PrecedentOutcome.Published, published);
        }

        if (await scope.Db.Set<Policy>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == policyId && !row.Archived, cancellationToken).ConfigureAwait(false) is not { } policy)
        {
            return new PrecedentResult(PrecedentOutcome.UnknownPolicy);
        }

        Precedent precedent = new()
        {
            RulingNumber = ruling,
            DecisionId = decision.Id,
            CaseNumber = about.Number,
            PolicyId = policy.Id,
            Verdict = decision.Verdict,
            Actions = decision.Actions,
            Grounds = await GroundsAsync(scope.Db, about, cancellationToken).ConfigureAwait(false),
            PublishedAt = scope.Now,
        };
        precedent.Write(words, policy.CurrentVersion, caller.Id, scope.Now, first: true);
        scope.Db.Add(precedent);
        // Of two who publish it at once the later one runs again and finds the first's; so does whoever meets one who takes it back.
        scope.Db.Entry(decision).Property(row => row.Version).IsModified = true;
        // It must have its number before its words are stored under that.
        await scope.Db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        await scope.WriteAsync(precedent, precedent.Write(words, policy.CurrentVersion, caller.Id, scope.Now, first: true), words, cancellationToken).ConfigureAwait(false);
        scope.Record(caller, AuditAct.PrecedentPublished, precedent, words);
        return new PrecedentResult(PrecedentOutcome.Saved, precedent.Number);
    }

    private async Task<string> GroundsAsync(ConsoleDbContext db, Case about, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> names = await CaseTraits.GroundsAsync(db, about, rules, cancellationToken).ConfigureAwait(false);
        string joined = string.Join('\n', names.Take(MostGrounds));
        return joined.Length <= TextLength.Note ? joined : "";
    }
}
