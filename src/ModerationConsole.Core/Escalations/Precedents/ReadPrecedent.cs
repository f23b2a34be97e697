using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Escalations.Precedents;

/// <summary>A precedent, to read.</summary>
/// <param name="Precedent">What it is.</param>
/// <param name="Shown">The words that are read.</param>
/// <param name="Versions">All its words, newest first.</param>
/// <param name="Actions">Names of what was ordered.</param>
/// <param name="Overruled">Whether the ruling was taken back or replaced since: it is offered no more.</param>
/// <param name="MayChange">Whether the reader may rewrite, confirm or withdraw it.</param>
public sealed record PrecedentView(
    Precedent Precedent, PrecedentVersion Shown, IReadOnlyList<PrecedentVersionRow> Versions, IReadOnlyList<string> Actions,
    string PolicyCode, string PolicyName, int PolicyVersion, bool PolicyArchived, bool Overruled, bool MayChange)
{
    /// <summary>Where it stands: one whose publishing met a change of its policy holds for the former words, too.</summary>
    public PrecedentState State => Precedent.State == PrecedentState.InForce && Precedent.PolicyVersion != PolicyVersion ? PrecedentState.Superseded : Precedent.State;
}

/// <summary>Words of a precedent in a list.</summary>
/// <param name="By">Name of who wrote them.</param>
public sealed record PrecedentVersionRow(int Number, string Title, int PolicyVersion, string By, DateTimeOffset At);

/// <summary>Reads a precedent.</summary>
[Requires(Permission.ViewCases)]
public sealed class ReadPrecedent(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, IUnseenCases unseen) : IUseCase
{
    /// <summary>The precedent with its words at a version, or as they are now; null where there is none that the caller may know of.</summary>
    public async Task<PrecedentView?> RunAsync(Caller caller, long number, int? version, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReadPrecedent>(caller, cancellationToken).ConfigureAwait(false);
        IReadOnlySet<Permission> permissions = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            Precedent? precedent = await db.PrecedentsInSightOf(caller, permissions, unseen).AsNoTracking().SingleOrDefaultAsync(row => row.Number == number, cancellationToken).ConfigureAwait(false);
            int wanted = version ?? precedent?.CurrentVersion ?? 0;
            PrecedentVersion? shown = precedent is null ? null
                : await db.Set<PrecedentVersion>().AsNoTracking().SingleOrDefaultAsync(row => row.PrecedentNumber == number && row.Number == wanted, cancellationToken).ConfigureAwait(false);
            if (precedent is null || shown is null)
            {
                return null;
            }

            List<PrecedentVersionRow> versions = await (
                from words in db.Set<PrecedentVersion>().AsNoTracking()
                join person in db.Set<Moderator>() on words.WrittenBy equals person.Id
                where words.PrecedentNumber == number
                orderby words.Number descending
                select new PrecedentVersionRow(words.Number, words.Title, words.PolicyVersion, person.DisplayName, words.WrittenAt)).ToListAsync(cancellationToken).ConfigureAwait(false);
            Policy policy = await db.Set<Policy>().AsNoTracking().SingleAsync(row => row.Id == precedent.PolicyId, cancellationToken).ConfigureAwait(false);
            string[] ordered = [.. ActionScope.List(precedent.Actions)];
            Dictionary<string, string> names = await db.Set<ActionDefinition>().Where(action => ordered.Contains(action.Id))
                .ToDictionaryAsync(action => action.Id, action => action.Name, cancellationToken).ConfigureAwait(false);
            bool overruled = await db.Set<Decision>().AnyAsync(row => row.Id == precedent.DecisionId && row.State != DecisionState.Effective, cancellationToken).ConfigureAwait(false);
            return new PrecedentView(
                precedent, shown, versions, [.. ordered.Select(id => names.GetValueOrDefault(id, id))], policy.Code, policy.Name, policy.CurrentVersion, policy.Archived, overruled,
                permissions.Contains(Permission.RuleOnEscalations));
        }
    }
}

/// <summary>A ruling's way to a precedent.</summary>
/// <param name="Published">Number of its precedent; null where it has none.</param>
/// <param name="MayPublish">Whether the reader may publish it now.</param>
public sealed record RulingPrecedent(long? Published, bool MayPublish);

/// <summary>Tells whether a ruling is published as a precedent, or may be.</summary>
[Requires(Permission.ViewCases)]
public sealed class ReadRulingPrecedent(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, IUnseenCases unseen) : IUseCase
{
    /// <summary>What there is to tell of an escalation's ruling, to someone who may know of it.</summary>
    public async Task<RulingPrecedent> RunAsync(Caller caller, long ruling, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReadRulingPrecedent>(caller, cancellationToken).ConfigureAwait(false);
        IReadOnlySet<Permission> permissions = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            IQueryable<Precedent> kept = db.PrecedentsInSightOf(caller, permissions, unseen).Where(row => row.RulingNumber == ruling && row.State != PrecedentState.Withdrawn);
            long? standing = await kept.Standing(db).Select(row => (long?)row.Number).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            bool may = standing is null && permissions.Contains(Permission.RuleOnEscalations) && await (
                from asked in db.EscalationsInSightOf(caller, permissions, unseen)
                join about in db.Set<Case>().FreeOfChildSafety(db) on asked.CaseNumber equals about.Number
                join decision in db.Set<Decision>() on asked.DecisionId equals decision.Id
                where asked.ExpertTask == ruling && decision.State == DecisionState.Effective
                select asked.Id).AnyAsync(cancellationToken).ConfigureAwait(false);
            // One of a ruling that was replaced is told of only while there is no better one to tell of, nor to publish.
            return new RulingPrecedent(
                may ? null : standing ?? await kept.MaxAsync(row => (long?)row.Number, cancellationToken).ConfigureAwait(false), may);
        }
    }
}
