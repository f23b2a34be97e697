using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Quality.Golden;

/// <summary>A golden case in a list.</summary>
/// <param name="PolicyName">Name of the agreed policy in the version of the agreement.</param>
/// <param name="SevereAsked">Whether a lead asked for it though it is severe.</param>
public sealed record GoldenLine(
    Guid Id, long CaseNumber, GoldenOrigin Origin, Verdict Verdict, string? PolicyName, bool Severe, bool SevereAsked, GoldenState State,
    GoldenRetirement? Retirement, DateTimeOffset MadeAt, GoldenFigure Figure);

/// <summary>Lists golden cases: what measures first, then what is retired, the newest first.</summary>
[Requires(Permission.AdjudicateQuality)]
public sealed class ListGolden(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    private const int Most = 500;

    /// <summary>At most 500 of them.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not adjudicate.</exception>
    public async Task<IReadOnlyList<GoldenLine>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListGolden>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            var rows = await (
                from golden in db.Set<GoldenCase>().AsNoTracking().ThatMayBeSeen(db)
                join version in db.Set<PolicyVersion>() on golden.PolicyVersionId equals version.Id into versions
                from version in versions.DefaultIfEmpty()
                orderby golden.State == GoldenState.Retired, golden.MadeAt descending, golden.Id
                select new
                {
                    Golden = golden,
                    Policy = version == null ? golden.PolicyId : version.Name,
                    Given = db.Set<GoldenAnswer>().Count(row => row.GoldenId == golden.Id),
                    Answered = db.Set<GoldenAnswer>().Count(row => row.GoldenId == golden.Id && row.Passed != null),
                    Passed = db.Set<GoldenAnswer>().Count(row => row.GoldenId == golden.Id && row.Passed == true),
                }).Take(Most).ToListAsync(cancellationToken).ConfigureAwait(false);
            return [.. rows.Select(row => new GoldenLine(
                row.Golden.Id, row.Golden.CaseNumber, row.Golden.Origin, row.Golden.Verdict, row.Policy, row.Golden.Severe, row.Golden.SevereAskedBy is not null,
                row.Golden.State, row.Golden.Retirement, row.Golden.MadeAt, GoldenFigure.Of(row.Given, row.Answered, row.Passed)))];
        }
    }
}
