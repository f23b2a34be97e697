using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Quality.Sampling;

/// <summary>What a plan would draw, or why that cannot be said.</summary>
/// <param name="Refused">What is wrong with the plan; null where it can be foretold.</param>
public sealed record PlanPreview(SavedPlan? Refused, PlanForecast? Forecast);

/// <summary>Foretells what a plan would draw, from whom, and how exact its figures would be. Stores nothing.</summary>
[Requires(Permission.RunQuality)]
public sealed class PreviewPlan(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, TimeProvider clock) : IUseCase
{
    /// <summary>Looks ahead from the decisions of the last 28 days.</summary>
    /// <param name="wantedHalfWidth">A precision for which the size is wanted, above 0 and below 1; anything else asks for none.</param>
    public async Task<PlanPreview> RunAsync(Caller caller, PlanDraft draft, double? wantedHalfWidth, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<PreviewPlan>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(draft);
        PlanDraft clean = PlanRules.Clean(draft);
        if (PlanRules.RefusalOfRates(clean) is { } refused)
        {
            return new PlanPreview(refused, null);
        }

        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            double accuracy = await db.TargetAccuracyAsync(cancellationToken).ConfigureAwait(false);
            List<PastDecision> history = await DecisionHistory.ReadAsync(db, clock.Now(), cancellationToken).ConfigureAwait(false);
            PlanForecast forecast = new PlanForecasting(clean, history, accuracy).Run(wantedHalfWidth is > 0 and < 1 ? wantedHalfWidth : null);
            Dictionary<Guid, string> teams = await db.Set<Team>().ToDictionaryAsync(row => row.Id, row => row.Name, cancellationToken).ConfigureAwait(false);
            Dictionary<Guid, string> people = await db.Set<Moderator>().ToDictionaryAsync(row => row.Id, row => row.DisplayName, cancellationToken).ConfigureAwait(false);
            return new PlanPreview(null, forecast with { Teams = Named(forecast.Teams, teams), People = Named(forecast.People, people) });
        }
    }

    private static ForecastShare[] Named(IReadOnlyList<ForecastShare> shares, Dictionary<Guid, string> names) =>
        [.. shares.Select(share => share with { Name = share.Id is { } id ? names.GetValueOrDefault(id) : null })];
}
