using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Benchmarks.Cases;

/// <summary>Fills the tables that lists of cases are read from, by the entities of the core and without what intake does beside.</summary>
internal static class CasesFill
{
    private const int AtOnce = 2_000;
    private static readonly DateTimeOffset s_begin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>When something was last heard of a case; ten share each time.</summary>
    public static DateTimeOffset ActivityOf(long number) => s_begin.AddSeconds(number / 10);

    /// <summary>Makes cases up to a number.</summary>
    public static async Task MakeAsync(BenchmarkConsole console, int there, int upTo)
    {
        WritePath writes = console.Get<WritePath>();
        for (int made = there; made < upTo; made += AtOnce)
        {
            int from = made;
            await writes.RunAsync((scope, token) => AddAsync(scope, from, Math.Min(upTo, from + AtOnce), token), CancellationToken.None);
        }
    }

    private static async Task<bool> AddAsync(WriteScope scope, int from, int to, CancellationToken cancellationToken)
    {
        scope.Db.ChangeTracker.AutoDetectChangesEnabled = false;
        if (from == 0)
        {
            scope.Db.Add(new ItemType { Id = "post", Name = "Post" });
        }

        for (int place = from; place < to; place++)
        {
            long number = place + 1;
            string text = string.Create(CultureInfo.InvariantCulture, $"{number} the quick brown fox jumps over {(place % 2 == 0 ? "often" : "then")} {(place % 1_000 == 0 ? "seldom" : "now")} a lazy dog in the rain");
            ItemVersion item = new()
            {
                TypeId = "post",
                ItemId = string.Create(CultureInfo.InvariantCulture, $"post-{number}"),
                ContentHash = SHA256.HashData(Encoding.UTF8.GetBytes(text)),
                Text = text,
                CreatorTypeId = "account",
                CreatorId = string.Create(CultureInfo.InvariantCulture, $"author-{place % 9_973}"),
                Language = place % 3 == 0 ? "de" : "en",
                ReceivedAt = s_begin.AddSeconds(place),
            };
            Case about = new() { Number = number, ItemVersionId = item.Id, Language = item.Language, OpenedAt = s_begin.AddSeconds(place), LastEvidenceAt = ActivityOf(number) };
            if (place % 10 != 0)
            {
                about.Close(s_begin.AddSeconds(place + 60));
            }

            scope.Db.Add(item);
            scope.Db.Add(about);
            scope.IndexWords(about, text, item.ItemId, item.CreatorId);
        }

        scope.Db.ChangeTracker.DetectChanges();
        return await Task.FromResult(!cancellationToken.IsCancellationRequested);
    }
}
