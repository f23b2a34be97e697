using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Appeals;

/// <summary>An appeal to read. Neither who decided nor who judged it is named.</summary>
/// <param name="Decided">What it is about.</param>
/// <param name="Answer">What was answered; null while it is open, or where another decision settled it.</param>
/// <param name="Told">Where the telling of its sender stands; null before it is settled.</param>
public sealed record AppealView(
    AppealRow Row, Guid Id, string ExternalId, string AppellantTypeId, string? AppellantId, string ItemTypeId, string ItemId, int Round, string? Text,
    DateTimeOffset AppealedAt, AppealFinding Decided, AppealFinding? Answer, bool Corrected, DateTimeOffset? SettledAt, EnforcementState? Told)
{
    /// <summary>Items that came with it.</summary>
    public IReadOnlyList<AppealItem> Evidence { get; init; } = [];
}

/// <summary>What was found at a time.</summary>
/// <param name="Actions">Names of the actions.</param>
public sealed record AppealFinding(DateTimeOffset At, Verdict Verdict, string? PolicyName, string? PolicyCode, IReadOnlyList<string> Actions, string? ReasonForUser);

/// <summary>Reads one appeal.</summary>
[Requires(Permission.ViewAppeals)]
public sealed class ReadAppeal(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, IUnseenCases unseen) : IUseCase
{
    /// <summary>The appeal, or null when there is none of that number that the caller may know of.</summary>
    public async Task<AppealView?> RunAsync(Caller caller, long number, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReadAppeal>(caller, cancellationToken).ConfigureAwait(false);
        IReadOnlySet<Permission> held = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            Appeal? appeal = await db.AppealsFor(caller, held, unseen).AsNoTracking().SingleOrDefaultAsync(row => row.Number == number, cancellationToken).ConfigureAwait(false);
            if (appeal is null)
            {
                return null;
            }

            Dictionary<Guid, AppealFinding> findings = await FindingsAsync(db, appeal, cancellationToken).ConfigureAwait(false);
            AppealFinding decided = findings[appeal.DecisionId];
            EnforcementState? told = await db.Set<EnforcementAction>().Where(row => row.Id == appeal.DeliveryId).Select(row => (EnforcementState?)row.State)
                .SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            return new AppealView(
                new AppealRow(
                    appeal.Number, appeal.Kind, appeal.State, appeal.CaseNumber, appeal.Verdict, decided.PolicyName, decided.PolicyCode, appeal.Language, appeal.Automated,
                    appeal.ReceivedAt, appeal.DueAt, appeal.AnsweredAt),
                appeal.Id, appeal.ExternalId, appeal.AppellantTypeId, appeal.AppellantId, appeal.ItemTypeId, appeal.ItemId, appeal.Round, appeal.Text, appeal.AppealedAt,
                decided, appeal.AnswerId is { } answer ? findings.GetValueOrDefault(answer) : null, appeal.CorrectionId is not null, appeal.SettledAt, told)
            {
                Evidence = await ReadAppealOnDesk.EvidenceAsync(db, number, held.Contains(Permission.ChildSafety), cancellationToken).ConfigureAwait(false),
            };
        }
    }

    private static async Task<Dictionary<Guid, AppealFinding>> FindingsAsync(ConsoleDbContext db, Appeal appeal, CancellationToken cancellationToken)
    {
        (Guid decided, Guid? answer) = (appeal.DecisionId, appeal.AnswerId);
        var rows = await (
            from decision in db.Set<Decision>().AsNoTracking()
            join policy in db.Set<PolicyVersion>() on decision.PolicyVersionId equals policy.Id into policies
            from policy in policies.DefaultIfEmpty()
            where decision.Id == decided || decision.Id == answer
            select new { Decision = decision, Name = policy == null ? null : policy.Name, Code = policy == null ? null : policy.Code })
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        string[] ids = [.. rows.SelectMany(row => ActionScope.List(row.Decision.Actions)).Distinct()];
        Dictionary<string, string> names = await db.Set<ActionDefinition>().Where(action => ids.Contains(action.Id))
            .ToDictionaryAsync(action => action.Id, action => action.Name, cancellationToken).ConfigureAwait(false);
        return rows.ToDictionary(row => row.Decision.Id, row => new AppealFinding(
            row.Decision.DecidedAt, row.Decision.Verdict, row.Name, row.Code,
            [.. ActionScope.List(row.Decision.Actions).Select(id => names.GetValueOrDefault(id, id))], row.Decision.ReasonForUser));
    }
}
