using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Actors;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Escalations;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Intake;

/// <summary>What became of a report.</summary>
/// <param name="ReportId">What the platform may name it by; empty unless it was accepted.</param>
/// <param name="CaseNumber">The case it belongs to.</param>
public sealed record ReportOutcome(IntakeAnswer Answer, Guid ReportId, long CaseNumber, IReadOnlyList<IntakeProblem> Problems)
{
    /// <summary>An item type was changed between reading and storing: to be read again.</summary>
    internal static readonly ReportOutcome Stale = new(IntakeAnswer.Refused, Guid.Empty, 0, []);

    internal static ReportOutcome Refused(IReadOnlyList<IntakeProblem> problems) => new(IntakeAnswer.Refused, Guid.Empty, 0, problems);
}

/// <summary>
/// Takes in a report with the item it is about. It folds into the item version's open case, opens one, or opens a decided or
/// closed one again with its history.
/// </summary>
[Requires(Permission.SubmitReports)]
public sealed class AcceptReport(WritePath writes, IAccessGuard guard, ItemCatalogs catalogs) : IUseCase
{
    /// <summary>Takes the report in.</summary>
    /// <param name="body">The report in the peer's shape.</param>
    /// <param name="key">Makes the request do its work once, however often it is sent.</param>
    public async Task<ReportOutcome> RunAsync(Caller caller, JsonElement body, RequestKey? key, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<AcceptReport>(caller, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            ItemCatalog catalog = await catalogs.ReadAsync(cancellationToken).ConfigureAwait(false);
            ProblemList problems = new();
            ReadReport? report = new ReportReader(catalog, problems).Read(body);
            Once<ReportOutcome> once = await writes.RunAsync(
                (scope, cancel) => scope.OnceAsync(
                    key,
                    () => report is null
                        ? Task.FromResult(ReportOutcome.Refused(problems.Problems))
                        : StoreAsync(scope, caller, report, catalog, cancel),
                    outcome => outcome.Answer == IntakeAnswer.Accepted,
                    cancel),
                cancellationToken).ConfigureAwait(false);
            if (!ReferenceEquals(once.Value, ReportOutcome.Stale))
            {
                return once.Value ?? new ReportOutcome(IntakeAnswer.KeyReused, Guid.Empty, 0, []);
            }
        }
    }

    private static async Task<ReportOutcome> StoreAsync(
        WriteScope scope, Caller caller, ReadReport read, ItemCatalog catalog, CancellationToken cancellationToken)
    {
        if (!await catalog.StillHoldsAsync(scope.Db, read.Items.Select(item => item.Type.Id), cancellationToken).ConfigureAwait(false))
        {
            return ReportOutcome.Stale;
        }

        // A child in danger is heard of from anyone.
        PlatformActor reporter = new(read.ReporterTypeId, read.ReporterId);
        if (!read.ChildSafety && await scope.Db.IsMutedAsync(reporter, cancellationToken).ConfigureAwait(false))
        {
            return new ReportOutcome(IntakeAnswer.Accepted, KeepMuted(scope, caller, read), 0, []);
        }

        IReadOnlyList<StoredItem> stored = await scope.StoreAsync(caller, read.Items, cancellationToken).ConfigureAwait(false);
        IntakeCase entry = (await scope.CasesAsync(caller, [stored[0]], CaseSource.Report, cancellationToken).ConfigureAwait(false))[stored[0].VersionId];
        if (!entry.IsNew && await FindEqualAsync(scope, entry.Case.Number, read, cancellationToken).ConfigureAwait(false) is { } equal)
        {
            // Sent twice without a key: the same person said the same at the same time.
            return new ReportOutcome(IntakeAnswer.Accepted, equal, entry.Case.Number, []);
        }

        if (read.ChildSafety)
        {
            // First of all, so that whatever is published about it already is for the few who may know.
            await MarkAsync(scope, caller, entry.Case, read, stored, cancellationToken).ConfigureAwait(false);
            // What follows reads where the tasks wait from now on.
            await scope.Db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        }

        Rerouting? rerouting = entry is { IsNew: false, Case.State: CaseState.Open }
            ? await Rerouting.OpenAsync(scope, entry.Case, cancellationToken).ConfigureAwait(false)
            : null;
        Report report = await AddAsync(scope, caller, entry, read, cancellationToken).ConfigureAwait(false);
        await scope.RelateAsync(entry.Case, read, stored, cancellationToken).ConfigureAwait(false);
        if (entry.Case.State != CaseState.Open)
        {
            scope.OpenAgain(caller, entry);
        }

        if (rerouting is not null)
        {
            await rerouting.FollowAsync(scope, caller, read.PolicyId, cancellationToken).ConfigureAwait(false);
        }

        await scope.QueueAsync(caller, [entry], read.PolicyId is null ? [] : [read.PolicyId], cancellationToken).ConfigureAwait(false);
        return new ReportOutcome(IntakeAnswer.Accepted, report.Id, entry.Case.Number, []);
    }

    // Whoever sent it learns nothing: it has an id, as any other.
    private static Guid KeepMuted(WriteScope scope, Caller caller, ReadReport read)
    {
        MutedReport kept = new()
        {
            ReporterTypeId = read.ReporterTypeId,
            ReporterId = read.ReporterId,
            ItemTypeId = read.Reported.Type.Id,
            ItemId = read.Reported.Id,
            PolicyId = read.PolicyId,
            Reason = read.Reason,
            ReportedAt = read.ReportedAt,
            ReceivedAt = scope.Now,
        };
        scope.Db.Add(kept);
        scope.Record(caller, AuditAct.ReportReceived, subject: kept.Id.ToString(), details: new Dictionary<string, object?> { ["muted"] = true });
        return kept.Id;
    }

    private static async Task MarkAsync(
        WriteScope scope, Caller caller, Case about, ReadReport read, IReadOnlyList<StoredItem> stored, CancellationToken cancellationToken)
    {
        List<Case> cases = await scope.CasesOfItemAsync(about.Number, cancellationToken).ConfigureAwait(false);
        await scope.MarkChildSafetyAsync(caller, cases, taskNumber: null, cancellationToken).ConfigureAwait(false);
        await scope.FlagMediaAsync(
            [.. stored.Where(item => read.ReportedInThread.Contains((item.Accepted.Type.Id, item.Accepted.Id))).Select(item => item.VersionId)],
            cancellationToken).ConfigureAwait(false);
    }

    private static async Task<Report> AddAsync(WriteScope scope, Caller caller, IntakeCase entry, ReadReport read, CancellationToken cancellationToken)
    {
        Report report = new()
        {
            CaseNumber = entry.Case.Number,
            ReporterTypeId = read.ReporterTypeId,
            ReporterId = read.ReporterId,
            PolicyId = read.PolicyId,
            Reason = read.Reason,
            ChildSafety = read.ChildSafety,
            ReportedAt = read.ReportedAt,
            ReceivedAt = scope.Now,
        };
        scope.Db.Add(report);
        if (read.PolicyId is not null)
        {
            Severity? named = await scope.Db.Set<Policy>().Where(row => row.Id == read.PolicyId).Select(row => (Severity?)row.Severity)
                .SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            entry.Case.Severity = (Severity)Math.Max((int)entry.Case.Severity, (int)(named ?? Severity.None));
        }

        scope.Learn(entry.Case, CaseEventKind.Reported, report.Id);
        scope.Record(caller, entry.IsNew ? AuditAct.ReportReceived : AuditAct.ReportFolded, report.CaseNumber, subject: report.Id.ToString(),
            details: new Dictionary<string, object?> { ["childSafety"] = report.ChildSafety });
        return report;
    }

    private static Task<Guid?> FindEqualAsync(WriteScope scope, long caseNumber, ReadReport read, CancellationToken cancellationToken)
    {
        DateTimeOffset reportedAt = Instant.Cut(read.ReportedAt);
        return scope.Db.Set<Report>()
            .Where(row => row.CaseNumber == caseNumber && row.ReporterId == read.ReporterId && row.ReporterTypeId == read.ReporterTypeId
                && row.ReportedAt == reportedAt && row.PolicyId == read.PolicyId && row.Reason == read.Reason && row.ChildSafety == read.ChildSafety)
            .Select(row => (Guid?)row.Id).FirstOrDefaultAsync(cancellationToken);
    }
}
