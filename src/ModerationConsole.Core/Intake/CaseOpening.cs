using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Escalations;
using ModerationConsole.Core.Live;

namespace ModerationConsole.Core.Intake;

/// <summary>The case of an item version.</summary>
/// <param name="Case">The case, with its number.</param>
/// <param name="IsNew">Whether it was opened just now.</param>
internal sealed record IntakeCase(Case Case, bool IsNew)
{
    /// <summary>Whether nothing holds a task for it: it is new or has just been opened again.</summary>
    public bool WantsTask { get; set; } = IsNew;
}

/// <summary>Finds or opens the one case of each item version, folding new evidence into what is there.</summary>
internal static class CaseOpening
{
    /// <summary>The cases of these items, by version. New ones are saved and have their numbers.</summary>
    public static async Task<IReadOnlyDictionary<Guid, IntakeCase>> CasesAsync(
        this WriteScope scope, Caller caller, IReadOnlyList<StoredItem> items, CaseSource source, CancellationToken cancellationToken)
    {
        List<CaseOfItem> known = await KnownAsync(scope, items, cancellationToken).ConfigureAwait(false);
        Dictionary<Guid, IntakeCase> cases = known.ToDictionary(row => row.Case.ItemVersionId, row => new IntakeCase(row.Case, IsNew: false));
        List<CaseOfItem> superseded = [];
        List<Case> opened = [];
        foreach (StoredItem item in items.Where(item => !cases.ContainsKey(item.VersionId)).DistinctBy(item => item.VersionId))
        {
            CaseOfItem[] older = [.. known.Where(row => row.TypeId == item.Accepted.Type.Id && row.ItemId == item.Accepted.Id)];
            Case about = Open(scope, item, source, older);
            cases.Add(item.VersionId, new IntakeCase(about, IsNew: true));
            opened.Add(about);
            if (item.IsNew)
            {
                // An item that was known only as context of others replaces nothing.
                superseded.AddRange(older);
                known.RemoveAll(older.Contains);
            }

            known.Add(new CaseOfItem(about, item.Accepted.Type.Id, item.Accepted.Id));
        }

        await scope.Db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        foreach (Case about in opened)
        {
            scope.Tell(about, CaseEventKind.Opened);
            scope.Record(caller, AuditAct.CaseOpened, about.Number, subject: about.ItemVersionId.ToString(), details: new Dictionary<string, object?>
            {
                ["sensitivity"] = about.Sensitivity.ToString(),
                ["source"] = about.Source.ToString(),
            });
        }

        await scope.IndexOpenedAsync(items, opened, cancellationToken).ConfigureAwait(false);
        Guid[] childSafety = [.. opened.Where(about => about.Sensitivity == Sensitivity.ChildSafety).Select(about => about.ItemVersionId)];
        if (childSafety.Length > 0)
        {
            await scope.FlagMediaAsync(childSafety, cancellationToken).ConfigureAwait(false);
        }

        await scope.SupersedeAsync(caller, [.. superseded.Select(row => row.Case)], cancellationToken).ConfigureAwait(false);
        foreach (IntakeCase entry in cases.Values.Where(entry => entry.Case.State != CaseState.Open))
        {
            entry.WantsTask = false;
        }

        return cases;
    }

    /// <summary>Something new was learnt of a case that was there: it shows in its history, and whoever looks at it is told.</summary>
    public static void Learn(this WriteScope scope, Case about, CaseEventKind kind, Guid? subjectId = null)
    {
        about.LastEvidenceAt = scope.Now;
        scope.Tell(about, kind, subjectId: subjectId);
        scope.Publish(LiveKind.CaseChanged, about.Number, state: about.State.ToString(), childSafety: about.Sensitivity == Sensitivity.ChildSafety);
    }

    /// <summary>Opens a decided or closed case again as a new version; its history stays.</summary>
    public static void OpenAgain(this WriteScope scope, Caller caller, IntakeCase entry)
    {
        entry.Case.Reopen();
        entry.WantsTask = true;
        scope.Tell(entry.Case, CaseEventKind.Reopened);
        scope.Record(caller, AuditAct.CaseReopened, entry.Case.Number, details: new Dictionary<string, object?> { ["caseVersion"] = entry.Case.CaseVersion });
    }

    private static Case Open(WriteScope scope, StoredItem item, CaseSource source, CaseOfItem[] older)
    {
        Case about = new()
        {
            ItemVersionId = item.VersionId,
            Source = source,
            // What is known of an item's other versions follows it: editing a post does not make it harmless.
            Sensitivity = older.Select(row => row.Case.Sensitivity).Append(item.Accepted.Type.Sensitivity).Max(),
            Severity = older.Where(row => row.Case.State == CaseState.Open).Select(row => row.Case.Severity).DefaultIfEmpty().Max(),
            Language = item.Accepted.Facts.Language,
            OpenedAt = scope.Now,
            LastEvidenceAt = scope.Now,
        };
        scope.Db.Add(about);
        return about;
    }

    /// <summary>The cases of exactly these versions, and those of the items' other versions that still matter.</summary>
    private static async Task<List<CaseOfItem>> KnownAsync(WriteScope scope, IReadOnlyList<StoredItem> items, CancellationToken cancellationToken)
    {
        Guid[] versions = [.. items.Where(item => !item.IsNew).Select(item => item.VersionId).Distinct()];
        string[] ids = [.. items.Select(item => item.Accepted.Id).Distinct(StringComparer.Ordinal)];
        return await (
            from about in scope.Db.Set<Case>().AsTracking()
            join version in scope.Db.Set<ItemVersion>() on about.ItemVersionId equals version.Id
            where ids.Contains(version.ItemId)
                && (about.State == CaseState.Open || about.Sensitivity == Sensitivity.ChildSafety || versions.Contains(version.Id))
            select new CaseOfItem(about, version.TypeId, version.ItemId)).ToListAsync(cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>A case beside the platform's name of its item.</summary>
internal sealed record CaseOfItem(Case Case, string TypeId, string ItemId);
