using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Appeals;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Enforcement;

namespace ModerationConsole.Core.Intake;

/// <summary>What became of an appeal that came in.</summary>
/// <param name="Receipt">What was filed; null unless it was accepted.</param>
public sealed record AppealOutcome(IntakeAnswer Answer, AppealReceipt? Receipt, IReadOnlyList<IntakeProblem> Problems)
{
    /// <summary>An item type was changed between reading and storing: to be read again.</summary>
    internal static readonly AppealOutcome Stale = new(IntakeAnswer.Refused, null, []);

    /// <summary>The same account appealed against the decision before, and brings nothing new.</summary>
    public bool Repeated { get; init; }

    internal static AppealOutcome Refused(IReadOnlyList<IntakeProblem> problems) => new(IntakeAnswer.Refused, null, problems);
}

/// <summary>That an appeal came in.</summary>
/// <param name="Id">What it may be named by.</param>
/// <param name="Number">The number people say aloud.</param>
/// <param name="DueAt">When an answer is due, UTC.</param>
public sealed record AppealReceipt(Guid Id, long Number, DateTimeOffset ReceivedAt, DateTimeOffset DueAt);

/// <summary>
/// Takes in an appeal against a decision in force, or a complaint of someone whose report was refused. The same one sent again is
/// answered the same; another of the same account about the same decision needs something new.
/// </summary>
[Requires(Permission.SubmitReports)]
public sealed class AcceptAppeal(WritePath writes, IAccessGuard guard, AppealFiling filing, ItemCatalogs catalogs) : IUseCase
{
    /// <summary>Takes the appeal in.</summary>
    /// <param name="body">The appeal in the peer's shape.</param>
    /// <param name="key">Makes the request do its work once, however often it is sent.</param>
    public async Task<AppealOutcome> RunAsync(Caller caller, JsonElement body, RequestKey? key, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<AcceptAppeal>(caller, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            ItemCatalog catalog = await catalogs.ReadAsync(cancellationToken).ConfigureAwait(false);
            ProblemList problems = new();
            ReadAppeal? appeal = new AppealReader(catalog, problems).Read(body);
            Once<AppealOutcome> once = await writes.RunAsync(
                (scope, cancel) => scope.OnceAsync(
                    key,
                    () => appeal is null
                        ? Task.FromResult(AppealOutcome.Refused(problems.Problems))
                        : StoreAsync(scope, caller, appeal, catalog, cancel),
                    outcome => outcome.Answer == IntakeAnswer.Accepted,
                    cancel),
                cancellationToken).ConfigureAwait(false);
            if (!ReferenceEquals(once.Value, AppealOutcome.Stale))
            {
                return once.Value ?? new AppealOutcome(IntakeAnswer.KeyReused, null, []);
            }
        }
    }

    private async Task<AppealOutcome> StoreAsync(WriteScope scope, Caller caller, ReadAppeal read, ItemCatalog catalog, CancellationToken cancellationToken)
    {
        if (!await catalog.StillHoldsAsync(scope.Db, read.Evidence.Select(item => item.Type.Id), cancellationToken).ConfigureAwait(false))
        {
            return AppealOutcome.Stale;
        }

        AppealOrder order = read.Order;
        ProblemList problems = new();
        await CheckActionsAsync(scope, order, problems, cancellationToken).ConfigureAwait(false);
        if (problems.Count > 0)
        {
            return AppealOutcome.Refused(problems.Problems);
        }

        if (await AppealFiling.FindAsync(scope, order, cancellationToken).ConfigureAwait(false) is { } same)
        {
            return Accepted(same);
        }

        (ContestedDecision? contested, AppealRefusal? refusal) = await ContestedDecisions.FindAsync(scope, order, cancellationToken).ConfigureAwait(false);
        if (contested is null)
        {
            return Refused(refusal!.Value);
        }

        List<long> earlier = await AppealFiling.EarlierAsync(scope, order, contested, cancellationToken).ConfigureAwait(false);
        if (earlier.Count > 0 && !await BringsNewAsync(scope, earlier, read.Evidence, cancellationToken).ConfigureAwait(false))
        {
            return Refused(AppealRefusal.AlreadyAppealed);
        }

        IReadOnlyList<StoredItem> stored = read.Evidence.Count == 0 ? [] : await scope.StoreAsync(caller, read.Evidence, cancellationToken).ConfigureAwait(false);
        return Accepted(await filing.FileAsync(
            scope, caller, order, contested, earlier.Count + 1, [.. stored.Select(item => item.VersionId)], cancellationToken).ConfigureAwait(false));
    }

    private static async Task CheckActionsAsync(WriteScope scope, AppealOrder order, ProblemList problems, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> named = order.Actions;
        List<string> known = await scope.Db.Set<ActionDefinition>().Where(row => named.Contains(row.Id)).Select(row => row.Id)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach ((int place, string _) in named.Index().Where(action => !known.Contains(action.Item)))
        {
            problems.Input("appeal.action-unknown", $"/actionsTaken/{place}", "This action is not defined.");
        }
    }

    private static async Task<bool> BringsNewAsync(WriteScope scope, List<long> earlier, IReadOnlyList<AcceptedItem> items, CancellationToken cancellationToken)
    {
        if (items.Count == 0)
        {
            return false;
        }

        var known = await AppealFiling.EvidenceOf(scope.Db, earlier).Select(row => new { row.TypeId, row.ItemId, row.ContentHash })
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return items.Any(item => !known.Exists(row => row.TypeId == item.Type.Id && row.ItemId == item.Id && row.ContentHash.AsSpan().SequenceEqual(item.Hash)));
    }

    private static AppealOutcome Accepted(Appeal appeal) =>
        new(IntakeAnswer.Accepted, new AppealReceipt(appeal.Id, appeal.Number, appeal.ReceivedAt, appeal.DueAt), []);

    private static AppealOutcome Refused(AppealRefusal refusal)
    {
        ProblemList problems = new();
        switch (refusal)
        {
            case AppealRefusal.NothingInForce:
                problems.Input("appeal.nothing-in-force", "/actionedItem", "No decision in force did that to this item.");
                break;
            case AppealRefusal.Erased:
                problems.Input("appeal.erased", "/actionedItem", "What was judged is erased: there is nothing to judge by.");
                break;
            case AppealRefusal.NotConcerned:
                problems.Input("appeal.not-concerned", "/appealedBy", "The decision is not about this account.");
                break;
            case AppealRefusal.AlreadyAppealed:
                problems.Input("appeal.repeated", "/appealId", "This account appealed against the decision before. Another appeal needs an additional item that did not come before.");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(refusal));
        }

        return AppealOutcome.Refused(problems.Problems) with { Repeated = refusal == AppealRefusal.AlreadyAppealed };
    }
}
