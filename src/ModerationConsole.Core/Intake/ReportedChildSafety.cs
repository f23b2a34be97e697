using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Media;

namespace ModerationConsole.Core.Intake;

/// <summary>Handles an item as a child-safety one from the moment somebody says it is.</summary>
internal static class ReportedChildSafety
{
    public static async Task MarkReportedAsync(this WriteScope scope, Caller caller, Case about, CancellationToken cancellationToken)
    {
        about.Sensitivity = Sensitivity.ChildSafety;
        List<MediaObject> media = await (
            from link in scope.Db.Set<ItemMedia>()
            join row in scope.Db.Set<MediaObject>() on link.MediaId equals row.Id
            where link.ItemVersionId == about.ItemVersionId
            select row).ToListAsync(cancellationToken).ConfigureAwait(false);
        media.ForEach(row => row.ChildSafety = true);
        scope.Tell(about, CaseEventKind.ChildSafety);
        scope.Record(caller, AuditAct.CaseMarkedChildSafety, about.Number);
    }
}
