using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Notices;

namespace ModerationConsole.Core.Intake;

/// <summary>What became of a notice that came in.</summary>
/// <param name="Receipt">What was filed; null unless it was accepted.</param>
public sealed record NoticeReceived(IntakeAnswer Answer, NoticeReceipt? Receipt, IReadOnlyList<IntakeProblem> Problems)
{
    /// <summary>An item type was changed between reading and storing: to be read again.</summary>
    internal static readonly NoticeReceived Stale = new(IntakeAnswer.Refused, null, []);

    internal static NoticeReceived Refused(IReadOnlyList<IntakeProblem> problems) => new(IntakeAnswer.Refused, null, problems);
}

/// <summary>
/// Takes a notice in, whoever brings it: each item folds into its case, opens one, or opens a decided or closed one again. The same
/// notice again makes no second case and no second clock.
/// </summary>
public sealed class NoticeIntake(
    WritePath writes, NoticeFiling filing, ItemCatalogs catalogs, IDbContextFactory<ConsoleDbContext> contexts, TimeProvider clock)
{
    internal async Task<NoticeReceived> RunAsync(Caller caller, JsonElement body, RequestKey? key, CancellationToken cancellationToken)
    {
        while (true)
        {
            ItemCatalog catalog = await catalogs.ReadAsync(cancellationToken).ConfigureAwait(false);
            ProblemList problems = new();
            IReadOnlyDictionary<(string TypeId, string Id), JsonElement> known = await KnownAsync(body, cancellationToken).ConfigureAwait(false);
            ReadNoticeBody? notice = new NoticeReader(catalog, filing.Types, problems, clock.Now()).Read(body, known);
            Once<NoticeReceived> once = await writes.RunAsync(
                (scope, cancel) => scope.OnceAsync(
                    key,
                    () => notice is null ? Task.FromResult(NoticeReceived.Refused(problems.Problems)) : StoreAsync(scope, caller, notice, catalog, cancel),
                    outcome => outcome.Answer == IntakeAnswer.Accepted,
                    cancel),
                cancellationToken).ConfigureAwait(false);
            if (!ReferenceEquals(once.Value, NoticeReceived.Stale))
            {
                return once.Value ?? new NoticeReceived(IntakeAnswer.KeyReused, null, []);
            }
        }
    }

    private async Task<NoticeReceived> StoreAsync(WriteScope scope, Caller caller, ReadNoticeBody read, ItemCatalog catalog, CancellationToken cancellationToken)
    {
        byte[] hash = read.Hash;
        if (await NoticeFiling.FindAsync(scope, hash, cancellationToken).ConfigureAwait(false) is { } same)
        {
            return new NoticeReceived(IntakeAnswer.Accepted, same, []);
        }

        if (!await catalog.StillHoldsAsync(scope.Db, read.Items.Select(item => item.Type.Id), cancellationToken).ConfigureAwait(false))
        {
            return NoticeReceived.Stale;
        }

        IReadOnlyList<StoredItem> stored = await scope.StoreAsync(caller, read.Items, cancellationToken).ConfigureAwait(false);
        IReadOnlyDictionary<Guid, IntakeCase> cases = await scope.CasesAsync(caller, stored, CaseSource.Notice, cancellationToken).ConfigureAwait(false);
        foreach (IntakeCase entry in cases.Values.Where(entry => entry.Case.State != CaseState.Open))
        {
            scope.OpenAgain(caller, entry);
        }

        await scope.QueueAsync(caller, cases.Values, [], cancellationToken).ConfigureAwait(false);
        NoticeReceipt receipt = await filing.FileAsync(
            scope, caller, read.Order, hash, [.. stored.Select(item => new NoticedItem(cases[item.VersionId].Case, item.Accepted.Type.Id, item.Accepted.Id))],
            cancellationToken).ConfigureAwait(false);
        return new NoticeReceived(IntakeAnswer.Accepted, receipt, []);
    }

    // What is only named is taken as the console has it, in its newest version.
    private async Task<IReadOnlyDictionary<(string TypeId, string Id), JsonElement>> KnownAsync(JsonElement body, CancellationToken cancellationToken)
    {
        (string TypeId, string Id)[] names = [.. NoticeReader.ItemsIn(body).Select(NoticeReader.Name).OfType<(string, string)>().Distinct()];
        Dictionary<(string TypeId, string Id), JsonElement> known = [];
        if (names.Length == 0)
        {
            return known;
        }

        string[] ids = [.. names.Select(name => name.Id).Distinct(StringComparer.Ordinal)];
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            DbSet<ItemVersion> all = db.Set<ItemVersion>();
            var rows = await all.Where(row => ids.Contains(row.ItemId)
                    && !all.Any(later => later.ItemId == row.ItemId && later.TypeId == row.TypeId && later.Number > row.Number)
                    && !db.Set<Case>().Any(about => about.ItemVersionId == row.Id && about.ContentErasedAt != null))
                .Select(row => new { row.TypeId, row.ItemId, row.Data }).ToListAsync(cancellationToken).ConfigureAwait(false);
            foreach (var row in rows.Where(row => names.Contains((row.TypeId, row.ItemId))))
            {
                known[(row.TypeId, row.ItemId)] = JsonSerializer.SerializeToElement(
                    new { id = row.ItemId, typeId = row.TypeId, typeSchemaVariant = "partial", data = JsonDocument.Parse(row.Data).RootElement });
            }

            return known;
        }
    }
}

/// <summary>Takes in a notice that a program sends.</summary>
[Requires(Permission.SubmitReports)]
public sealed class AcceptNotice(IAccessGuard guard, NoticeIntake intake) : IUseCase
{
    /// <summary>Takes it in.</summary>
    /// <param name="key">Makes the request do its work once, however often it is sent.</param>
    public async Task<NoticeReceived> RunAsync(Caller caller, JsonElement body, RequestKey? key, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<AcceptNotice>(caller, cancellationToken).ConfigureAwait(false);
        return await intake.RunAsync(caller, body, key, cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>Takes in a notice that a person enters.</summary>
[Requires(Permission.EnterNotices)]
public sealed class EnterNotice(IAccessGuard guard, NoticeIntake intake, IDbContextFactory<ConsoleDbContext> contexts, IUnseenCases unseen) : IUseCase
{
    /// <summary>Takes it in. The receipt names the cases that the caller may know of.</summary>
    /// <param name="body">The notice in the shape in which programs send it.</param>
    public async Task<NoticeReceived> RunAsync(Caller caller, JsonElement body, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<EnterNotice>(caller, cancellationToken).ConfigureAwait(false);
        NoticeReceived received = await intake.RunAsync(caller, body, null, cancellationToken).ConfigureAwait(false);
        if (received.Receipt is not { } receipt)
        {
            return received;
        }

        IReadOnlySet<Permission> held = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            HashSet<long> seen = [.. await db.Set<Case>().VisibleTo(db, caller, held, unseen).Where(row => receipt.Cases.Contains(row.Number)).Select(row => row.Number)
                .ToListAsync(cancellationToken).ConfigureAwait(false)];
            return received with { Receipt = receipt with { Cases = [.. receipt.Cases.Where(seen.Contains)] } };
        }
    }
}
