using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.Quality.Disputes;
using ModerationConsole.Core.Quality.Results;

namespace ModerationConsole.Core.Quality;

/// <summary>Tells those who adjudicate what they have yet to explain and which disputes they may decide, for as long as there are any.</summary>
internal sealed class ResultsInInbox : IInboxSource
{
    public async Task<IReadOnlyList<InboxEntry>> ReadAsync(InboxQuestion question, CancellationToken cancellationToken)
    {
        if (!question.Permissions.Contains(Permission.AdjudicateQuality))
        {
            return [];
        }

        var mine = await question.Db.ToExplainBy(question.PersonId).GroupBy(_ => 1)
            .Select(group => new { Count = group.Count(), Latest = group.Max(sample => sample.AdjudicatedAt ?? sample.DrawnAt) })
            .SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        var open = await question.Db.DisputesOpenFor(question.PersonId).GroupBy(_ => 1)
            .Select(group => new { Count = group.Count(), Latest = group.Max(dispute => dispute.OpenedAt) })
            .SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        List<InboxEntry> entries = [];
        if (mine is not null)
        {
            entries.Add(new InboxEntry("results-to-explain", InboxKind.ResultsToExplain, mine.Latest, Count: mine.Count));
        }

        if (open is not null)
        {
            entries.Add(new InboxEntry("disputes-open", InboxKind.DisputesOpen, open.Latest, Count: open.Count));
        }

        return entries;
    }
}
