using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Benchmarks.Desk;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Cases.Likeness;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Escalations.Precedents;
using ModerationConsole.Core.Intake;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.Media.Likeness;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Benchmarks.Precedents;

/// <summary>Precedents in words that are as frequent as those of a language, each about an item of its own, and people with a case at hand that is near one.</summary>
internal sealed class PrecedentWorld(BenchmarkConsole console, int precedents)
{
    private const int AtOnce = 1_000;
    private const int FirstCase = 1_000_000;
    private const int PictureEvery = 3;

    private static readonly DateTimeOffset s_begin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] s_words = [.. from first in Syllables() from second in Syllables() select first + second];

    /// <summary>Fills the tables, and has each person take a case.</summary>
    /// <returns>Who holds which task, and which precedent is near it.</returns>
    public async Task<IReadOnlyList<(Caller Person, long Task, long Near)>> MakeAsync(int people)
    {
        DeskWorld world = await DeskWorld.MakeAsync(console, people, 0);
        WritePath writes = console.Get<WritePath>();
        for (int from = 0; from < precedents; from += AtOnce)
        {
            int first = from;
            await writes.RunAsync((scope, token) => AddAsync(scope, first, Math.Min(precedents, first + AtOnce), world.Moderators[0], token), CancellationToken.None);
        }

        List<(Caller, long, long)> held = [];
        for (int at = 0; at < people; at++)
        {
            int place = (int)((long)at * precedents / people);
            JsonElement item = JsonSerializer.SerializeToElement(new
            {
                id = string.Create(CultureInfo.InvariantCulture, $"hand-{at}"), typeId = "post",
                data = new { text = HandText(at, place), author = new { id = "author-1", typeId = "account" } },
            });
            ItemsOutcome sent = await console.Get<AcceptItems>().RunAsync(Caller.System, [new ItemSubmission(item)], CaseSource.Item, null, CancellationToken.None);
            LeasedTask task = (await console.Get<ClaimNextCase>().RunAsync(world.Moderators[at], null, LeaseSlot.Shown)).Task
                ?? throw new InvalidOperationException($"Nothing to claim: {sent.Answer}");
            await writes.RunAsync((scope, token) => FinishAsync(scope, task, at, place, token), CancellationToken.None);
            held.Add((world.Moderators[at], task.TaskNumber, place + 1));
        }

        return held;
    }

    // By turns: the same words, nearly the same, words of the expert, and a picture that looks the same.
    private static string HandText(int at, int place) => (at % 4) switch
    {
        0 => ItemText(place),
        1 => ItemText(place) + " now",
        2 => string.Join(' ', Facts(place).Split(' ').Where((_, word) => word % 3 == 0)),
        _ => Sentence(new Random(at), 30),
    };

    private static async Task<bool> FinishAsync(WriteScope scope, LeasedTask task, int at, int place, CancellationToken cancellationToken)
    {
        ActiveLease lease = await scope.Db.Set<ActiveLease>().SingleAsync(row => row.TaskNumber == task.TaskNumber, cancellationToken);
        lease.ExpiresAt = scope.Now.AddHours(5);
        if (at % 4 == 3)
        {
            Guid item = await scope.Db.Set<Case>().Where(row => row.Number == task.CaseNumber).Select(row => row.ItemVersionId).SingleAsync(cancellationToken);
            AddPicture(scope, item, place - (place % PictureEvery), differs: 1);
        }

        return true;
    }

    private static async Task<bool> AddAsync(WriteScope scope, int from, int to, Caller expert, CancellationToken cancellationToken)
    {
        scope.Db.ChangeTracker.AutoDetectChangesEnabled = false;
        for (int place = from; place < to; place++)
        {
            string text = ItemText(place);
            TextLikeness likeness = TextLikeness.Of(text) ?? default;
            ItemVersion item = new()
            {
                TypeId = "post", ItemId = string.Create(CultureInfo.InvariantCulture, $"post-{place}"), Data = "{}", Text = text, TextKey = likeness.Key, TextHash = likeness.Hash,
                ContentHash = SHA256.HashData(Encoding.UTF8.GetBytes(text)), ReceivedAt = s_begin.AddSeconds(place),
            };
            Case about = new() { Number = FirstCase + place, ItemVersionId = item.Id, OpenedAt = item.ReceivedAt, LastEvidenceAt = item.ReceivedAt };
            about.Close(item.ReceivedAt.AddMinutes(5));
            scope.Db.Add(item);
            scope.Db.Add(about);
            if (place % PictureEvery == 0)
            {
                AddPicture(scope, item.Id, place, differs: 0);
            }

            Precedent precedent = new()
            {
                Number = place + 1, CaseNumber = about.Number, RulingNumber = about.Number, DecisionId = Guid.CreateVersion7(), PolicyId = DeskWorld.PolicyId, PublishedAt = item.ReceivedAt,
            };
            scope.Db.Add(precedent);
            foreach ((string name, object value) in new (string, object)[]
            {
                (nameof(Precedent.PolicyVersion), 1), (nameof(Precedent.WrittenBy), expert.Id), (nameof(Precedent.InForceSince), item.ReceivedAt), (nameof(Precedent.ChangedAt), item.ReceivedAt),
            })
            {
                scope.Db.Entry(precedent).Property(name).CurrentValue = value;
            }

            Random random = new(place);
            PrecedentVersion words = new()
            {
                PrecedentNumber = precedent.Number, Number = 1, Title = Sentence(random, 7), Rule = Sentence(random, 25), Facts = Facts(place), Reasoning = Sentence(random, 90),
                Examples = Sentence(random, 40), PolicyVersion = 1, WrittenBy = expert.Id, WrittenAt = item.ReceivedAt,
            };
            scope.Db.Add(words);
            scope.Db.Add(new PrecedentText { PrecedentNumber = precedent.Number, Words = SearchWords.Of(words.Title, words.Rule, words.Facts, words.Reasoning, words.Examples) });
        }

        scope.Db.ChangeTracker.DetectChanges();
        return await Task.FromResult(!cancellationToken.IsCancellationRequested);
    }

    private static void AddPicture(WriteScope scope, Guid item, int place, ulong differs)
    {
        byte[] bits = SHA256.HashData(BitConverter.GetBytes(place));
        MediaObject media = new() { Sha256 = Convert.ToHexStringLower(SHA256.HashData(item.ToByteArray())) };
        media.Resemble(new PictureLikeness(new PictureHash(BitConverter.ToUInt64(bits, 0) ^ differs, BitConverter.ToUInt64(bits, 8), BitConverter.ToUInt64(bits, 16), BitConverter.ToUInt64(bits, 24)), 100));
        scope.Db.Add(media);
        scope.Db.Add(new ItemMedia { ItemVersionId = item, MediaId = media.Id, Field = "images" });
    }

    private static string ItemText(int place) => Sentence(new Random(place + 1_000_003), 40);

    private static string Facts(int place) => Sentence(new Random(place + 2_000_003), 80);

    // Few words very often and most seldom, as in a language: the rank falls off evenly on a logarithmic scale (Zipf).
    private static string Sentence(Random random, int words) =>
        string.Join(' ', Enumerable.Range(0, words).Select(_ => s_words[(int)Math.Min(s_words.Length - 1, Math.Exp(random.NextDouble() * Math.Log(s_words.Length)))]));

    private static IEnumerable<string> Syllables() => from first in "bdfgklmnprst" from second in "aeiou" from third in "lmnrst" select $"{first}{second}{third}";
}
