using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Routing;

/// <summary>A line of the routing table as people see and edit it; conditions that are null hold for every case.</summary>
/// <param name="QueueId">Where the case waits.</param>
/// <param name="ItemTypeId">Item type.</param>
/// <param name="PolicyId">Policy named in a report.</param>
/// <param name="Source">What made the case.</param>
/// <param name="MinSeverity">Least severity.</param>
/// <param name="Language">Language, BCP 47; matches its regional variants.</param>
/// <param name="Priority">Priority of the task, 0 to 100; 50 is ordinary.</param>
/// <param name="DeadlineMinutes">Minutes to the deadline; null for the queue's own.</param>
public sealed record RoutingLine(
    Guid QueueId, string? ItemTypeId = null, string? PolicyId = null, CaseSource? Source = null, Severity? MinSeverity = null,
    string? Language = null, int Priority = 50, int? DeadlineMinutes = null);

/// <summary>The whole routing table, in order.</summary>
/// <param name="Lines">Its lines; the first that holds wins.</param>
/// <param name="Stamp">Names this state of the table; saving asks for it, so that nobody overwrites another's change unseen.</param>
public sealed record RoutingTable(IReadOnlyList<RoutingLine> Lines, string Stamp)
{
    internal static async Task<RoutingTable> ReadAsync(ConsoleDbContext db, CancellationToken cancellationToken)
    {
        List<RoutingLine> lines = await db.Set<RoutingRow>().AsNoTracking().OrderBy(row => row.Position)
            .Select(row => new RoutingLine(
                row.QueueId, row.ItemTypeId, row.PolicyId, row.Source, row.MinSeverity, row.Language, row.Priority, row.DeadlineMinutes))
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return new RoutingTable(lines, Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(lines))));
    }
}
