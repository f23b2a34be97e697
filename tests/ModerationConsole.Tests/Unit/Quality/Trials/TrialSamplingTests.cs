using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Quality.Trials;

namespace ModerationConsole.Tests.Unit.Quality.Trials;

public sealed class TrialSamplingTests
{
    private static readonly Guid s_salt = new("0190a000-0000-7000-8000-000000000001");

    [Fact]
    public void Allocation_OfAnySizes_TakesSomeOfEachGroupAndTheOthersBySize()
    {
        Assert.Equal([2, 1], TrialSampling.Allocate([2, 1]));
        Assert.Equal([25, 25], TrialSampling.Allocate([100, 100]));
        Assert.Equal([46, 3, 1], TrialSampling.Allocate([10_000, 20, 1]));
        Assert.All([[900, 50, 40, 5, 5, 1, 1, 1], [50], [7, 7, 7, 7, 7, 7, 7, 7]], (int[] sizes) =>
        {
            int[] shares = TrialSampling.Allocate(sizes);
            Assert.Equal(Math.Min(TrialSampling.Size, sizes.Sum()), shares.Sum());
            Assert.All(sizes.Zip(shares), pair => Assert.InRange(pair.Second, Math.Min(3, pair.First), pair.First));
        });
    }

    [Fact]
    public void Draw_OfTheSameDecisions_IsTheSameAndWhollyInsideItsGroups()
    {
        TriedDecision[] all =
        [
            .. Of(400, Verdict.Violation, "en"), .. Of(80, Verdict.Violation, "de"), .. Of(20, Verdict.Allow, "en"),
            .. Enumerable.Range(0, 12).SelectMany(language => Of(2, Verdict.Violation, $"x{language}")),
        ];

        IReadOnlyList<DrawnGroup> drawn = TrialSampling.Draw(all, s_salt);

        Assert.Equal(drawn.SelectMany(group => group.Drawn), TrialSampling.Draw([.. all.Reverse()], s_salt).SelectMany(group => group.Drawn));
        Assert.Equal(8, drawn.Count);
        Assert.Equal((all.Length, TrialSampling.Size), (drawn.Sum(group => group.Population), drawn.Sum(group => group.Drawn.Count)));
        Assert.Equal((Verdict.Violation, "en", 400), (drawn[0].Verdict, drawn[0].Language, drawn[0].Population));
        Assert.All(drawn.Take(7), group => Assert.All(group.Drawn, one => Assert.Equal((group.Verdict, group.Language), ((Verdict?)one.Verdict, one.Language))));
        Assert.Null(drawn[7].Verdict);
        Assert.Equal(50, drawn.SelectMany(group => group.Drawn).Distinct().Count());
    }

    private static IEnumerable<TriedDecision> Of(int count, Verdict verdict, string language) =>
        Enumerable.Range(0, count).Select(number => new TriedDecision(new Guid(number, (short)verdict, (short)language[0], [0, 0, 0, 0, 0, 0, (byte)language.Length, (byte)language[^1]]), number, verdict, language));
}
