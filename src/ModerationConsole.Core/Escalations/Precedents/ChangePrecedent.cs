using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Escalations.Precedents;

/// <summary>Changes precedents inside writes: finds the one that is meant, refuses what is over, and records what was done.</summary>
public sealed class PrecedentDesk(WritePath writes, IAccessGuard guard, IUnseenCases unseen)
{
    /// <param name="change">Changes the precedent, for the policy as it is; what it returns but <see cref="PrecedentOutcome.Saved"/> is a refusal.</param>
    internal async Task<PrecedentOutcome> ChangeAsync(
        Caller caller, long number, Func<WriteScope, Precedent, Policy, CancellationToken, Task<PrecedentOutcome>> change, CancellationToken cancellationToken)
    {
        IReadOnlySet<Permission> permissions = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync(
            async (scope, token) =>
            {
                Precedent? precedent = await scope.Db.PrecedentsInSightOf(caller, permissions, unseen).SingleOrDefaultAsync(row => row.Number == number, token).ConfigureAwait(false);
                if (precedent is null)
                {
                    return PrecedentOutcome.NotThere;
                }

                if (precedent.State == PrecedentState.Withdrawn)
                {
                    return PrecedentOutcome.Over;
                }

                Policy policy = await scope.Db.Set<Policy>().AsNoTracking().SingleAsync(row => row.Id == precedent.PolicyId, token).ConfigureAwait(false);
                return await change(scope, precedent, policy, token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>Writes a precedent anew: a further version of its words, for the version of the policy that is in force.</summary>
[Requires(Permission.RuleOnEscalations)]
public sealed class RewritePrecedent(PrecedentDesk desk, IAccessGuard guard) : IUseCase
{
    /// <summary>Stores the words; earlier ones are kept.</summary>
    /// <param name="version">The version of the words that were read; refused where there are newer ones.</param>
    public async Task<PrecedentOutcome> RunAsync(Caller caller, long number, int version, PrecedentDraft draft, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<RewritePrecedent>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(draft);
        (PrecedentDraft? words, PrecedentOutcome? refusal) = draft.Read();
        return words is null ? refusal!.Value : await desk.ChangeAsync(
            caller, number,
            async (scope, precedent, policy, token) =>
            {
                PrecedentOutcome outcome = policy.Archived ? PrecedentOutcome.UnknownPolicy
                    : precedent.CurrentVersion != version ? PrecedentOutcome.Changed
                    : await scope.StandsAsync(precedent, token).ConfigureAwait(false);
                if (outcome != PrecedentOutcome.Saved)
                {
                    return outcome;
                }

                await scope.WriteAsync(precedent, precedent.Write(words, policy.CurrentVersion, caller.Id, scope.Now), words, token).ConfigureAwait(false);
                scope.Record(caller, AuditAct.PrecedentChanged, precedent, words);
                return PrecedentOutcome.Saved;
            },
            cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>Says that a superseded precedent holds for its policy as it is now: it is offered again, its words as a further version.</summary>
[Requires(Permission.RuleOnEscalations)]
public sealed class ConfirmPrecedent(PrecedentDesk desk, IAccessGuard guard) : IUseCase
{
    /// <summary>Confirms it.</summary>
    /// <param name="policyVersion">The version of the policy that the caller read; refused where there is a newer one.</param>
    public async Task<PrecedentOutcome> RunAsync(Caller caller, long number, int policyVersion, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ConfirmPrecedent>(caller, cancellationToken).ConfigureAwait(false);
        return await desk.ChangeAsync(
            caller, number,
            async (scope, precedent, policy, token) =>
            {
                PrecedentOutcome outcome = policy.Archived ? PrecedentOutcome.UnknownPolicy
                    : precedent.State == PrecedentState.InForce && precedent.PolicyVersion == policy.CurrentVersion ? PrecedentOutcome.Over
                    : policy.CurrentVersion != policyVersion ? PrecedentOutcome.Changed
                    : await scope.StandsAsync(precedent, token).ConfigureAwait(false);
                if (outcome == PrecedentOutcome.Saved)
                {
                    PrecedentVersion words = await scope.Db.Set<PrecedentVersion>().AsNoTracking()
                        .SingleAsync(row => row.PrecedentNumber == number && row.Number == precedent.CurrentVersion, token).ConfigureAwait(false);
                    scope.Db.Add(precedent.Confirm(words, policyVersion, caller.Id, scope.Now));
                    scope.Record(caller, AuditAct.PrecedentConfirmed, precedent);
                }

                return outcome;
            },
            cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>Takes a precedent back for good. It stays readable, with why.</summary>
[Requires(Permission.RuleOnEscalations)]
public sealed class WithdrawPrecedent(PrecedentDesk desk, IAccessGuard guard) : IUseCase
{
    /// <summary>Withdraws it.</summary>
    /// <param name="reason">Why, up to 400 characters.</param>
    public async Task<PrecedentOutcome> RunAsync(Caller caller, long number, string? reason, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<WithdrawPrecedent>(caller, cancellationToken).ConfigureAwait(false);
        if (Decisions.DecisionText.Clean(reason) is not { } why)
        {
            return PrecedentOutcome.ReasonMissing;
        }

        return why.Length > TextLength.Line ? PrecedentOutcome.TooLong : await desk.ChangeAsync(
            caller, number,
            (scope, precedent, _, _) =>
            {
                precedent.Withdraw(why, scope.Now);
                scope.Record(caller, AuditAct.PrecedentWithdrawn, precedent);
                return Task.FromResult(PrecedentOutcome.Saved);
            },
            cancellationToken).ConfigureAwait(false);
    }
}
