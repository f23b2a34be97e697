using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Quality.Golden;

/// <summary>A decision after which its author gets a golden case.</summary>
/// <param name="AnswerId">Id of the answer that is asked: the same for the same decision, so that it is asked once.</param>
internal sealed record GoldenDue(Guid DecisionId, Guid PersonId, Guid QueueId, Guid AnswerId)
{
    // So long after a decision a golden case may still follow from it: a pass may be late, and another may wait before it.
    private static readonly TimeSpan s_looksBack = TimeSpan.FromMinutes(10);

    // Draws golden cases independently of everything else that is drawn. No secret: nobody knows the id of a decision they are to make.
    private static readonly Guid s_salt = new("5f0f6f0c-2f39-4a6e-9d0e-2b1c7c5a9e41");

    /// <summary>What the decisions of the last minutes ask for, and has not been given yet.</summary>
    public static async Task<List<GoldenDue>> ReadAsync(ConsoleDbContext db, double rate, DateTimeOffset now, CancellationToken cancellationToken)
    {
        DateTimeOffset since = now - s_looksBack;
        var decisions = await (
            from decision in db.Set<Decision>()
            join task in db.Set<ReviewTask>() on decision.TaskNumber equals task.Number
            join queue in db.Set<CaseQueue>() on task.QueueId equals queue.Id
            where decision.DecidedAt > since && decision.State == DecisionState.Effective && decision.DeciderId != null && decision.ReversesId == null
                && queue.Kind == QueueKind.Review && !TaskKinds.Measuring.Contains(task.Kind)
            orderby decision.DecidedAt
            select new { decision.Id, Person = decision.DeciderId!.Value, task.QueueId }).ToListAsync(cancellationToken).ConfigureAwait(false);
        List<GoldenDue> due =
        [
            .. decisions.Where(row => SampleDraw.Of(row.Id, s_salt) < rate).Select(row => new GoldenDue(row.Id, row.Person, row.QueueId, AnswerOf(row.Id))),
        ];
        Guid[] ids = [.. due.Select(row => row.AnswerId)];
        List<Guid> given = await db.Set<GoldenAnswer>().Where(row => ids.Contains(row.Id)).Select(row => row.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. due.ExceptBy(given, row => row.AnswerId)];
    }

    /// <summary>Chooses among golden cases, for the same decision always alike; null where there is none.</summary>
    public Guid? Choose(IReadOnlyList<Guid> suitable) => suitable.Count == 0 ? null : suitable[(int)(SampleDraw.Of(DecisionId, AnswerId) * suitable.Count)];

    // A name-based id (RFC 9562, section 5.8: version 8, of our own making).
    private static Guid AnswerOf(Guid decision)
    {
        byte[] id = SHA256.HashData(Encoding.UTF8.GetBytes($"golden {decision:N}"))[..16];
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
