using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Quality.Golden;

/// <summary>What came of changing a golden case.</summary>
public enum ChangeGoldenOutcome
{
    Changed,

    /// <summary>There is none of that id that the caller may know of.</summary>
    NotFound,

    /// <summary>It measures no more, or it was so already.</summary>
    NotSo,
}

/// <summary>A lead retires a golden case. What was answered before still counts.</summary>
[Requires(Permission.RunQuality)]
public sealed class RetireGolden(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Retires it.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not run quality.</exception>
    public async Task<ChangeGoldenOutcome> RunAsync(Caller caller, Guid goldenId, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<RetireGolden>(caller, cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync(
            (scope, token) => scope.ChangeGoldenAsync(scope.Golden(), goldenId, golden => scope.RetireAsync(caller, golden, GoldenRetirement.ByHand, token), token), cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>A lead asks for a severe golden case: without that none is mixed in.</summary>
[Requires(Permission.RunQuality)]
public sealed class AllowSevereGolden(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Asks for it.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not run quality.</exception>
    public async Task<ChangeGoldenOutcome> RunAsync(Caller caller, Guid goldenId, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<AllowSevereGolden>(caller, cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync(
            (scope, token) => scope.ChangeGoldenAsync(
                scope.Golden(),
                goldenId,
                golden =>
                {
                    golden.SevereAskedBy = caller.Id;
                    scope.Record(caller, AuditAct.GoldenSevereAllowed, golden.CaseNumber, subject: golden.Id.ToString());
                    return Task.CompletedTask;
                },
                token,
                golden => golden.SevereAskedBy is null && caller.Kind == CallerKind.Person),
            cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>What changes of golden cases have in common.</summary>
internal static class GoldenChange
{
    /// <summary>Changes an active one.</summary>
    /// <param name="among">Those that may be changed so.</param>
    /// <param name="may">Whether it can still be changed so; null where it always can.</param>
    public static async Task<ChangeGoldenOutcome> ChangeGoldenAsync(
        this WriteScope scope, IQueryable<GoldenCase> among, Guid goldenId, Func<GoldenCase, Task> change, CancellationToken cancellationToken, Func<GoldenCase, bool>? may = null)
    {
        GoldenCase? golden = await among.SingleOrDefaultAsync(row => row.Id == goldenId, cancellationToken).ConfigureAwait(false);
        if (golden is null)
        {
            return ChangeGoldenOutcome.NotFound;
        }

        if (golden.State != GoldenState.Active || may?.Invoke(golden) == false)
        {
            return ChangeGoldenOutcome.NotSo;
        }

        await change(golden).ConfigureAwait(false);
        return ChangeGoldenOutcome.Changed;
    }

    /// <summary>Those that people may change.</summary>
    public static IQueryable<GoldenCase> Golden(this WriteScope scope) => scope.Db.Set<GoldenCase>().ThatMayBeSeen(scope.Db);

    /// <summary>Those whose case is no child-safety one.</summary>
    public static IQueryable<GoldenCase> ThatMayBeSeen(this IQueryable<GoldenCase> golden, ConsoleDbContext db) =>
        golden.Where(row => db.Set<Cases.Case>().Any(about => about.Number == row.CaseNumber && about.Sensitivity != Cases.Sensitivity.ChildSafety));
}
