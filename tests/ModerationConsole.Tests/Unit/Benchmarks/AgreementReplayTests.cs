using ModerationConsole.Benchmarks;
using ModerationConsole.Benchmarks.Agreement;
using ModerationConsole.Core.Quality.Statistics;

namespace ModerationConsole.Tests.Unit.Benchmarks;

public sealed class AgreementReplayTests
{
    private const string Header = "id,count,hate_speech,offensive_language,neither,class,tweet";

    [Fact]
    public async Task Votes_OfALabelledFile_AreReadByColumnAndMeasured()
    {
        RatingCounts counts = await ReadAsync(Header, "1,3,0,0,3,2,\"a text, with a comma\"", "4,3,0,3,0,1,another", "5,3,0,2,1,1,\"two", "lines\"", "9,6,5,1,0,0,last");

        AgreementResult result = AgreementReplay.Measure(counts);

        Assert.Equal([0, 1, 5], counts[3].ToArray());
        Assert.Equal((4, 3), (result.Rows, result.ThreeVotes));
        // By hand over the three: P̄ = 7/9; p = 4/9 and 5/9; P_e = 41/81; AC1's chance (20/81 + 20/81)/2 = 20/81.
        Assert.Equal(7d / 9, result.ObservedOfThree!.Value, 1e-12);
        Assert.Equal(22d / 40, result.FleissKappa!.Value, 1e-12);
        Assert.Equal((63d - 20) / (81 - 20), result.Ac1!.Value, 1e-12);
        Assert.Equal(KrippendorffAlpha.Ordinal(counts), result.AlphaOrdinal);
    }

    [Theory]
    [InlineData("id,count,hate_speech,neither", "1,3,0,3", "offensive_language")]
    [InlineData(Header, "1,3,0,0,many,2,secret", "Line")]
    public async Task File_ThatIsNotLabelled_IsRefusedWithoutItsText(string header, string row, string named)
    {
        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(() => ReadAsync(header, row));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_WithoutAFile_IsToldSo()
    {
        await Assert.ThrowsAsync<UsageException>(() => AgreementReplay.RunAsync([]));
        await Assert.ThrowsAsync<InvalidOperationException>(() => AgreementReplay.RunAsync(["--labels", Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.csv")]));
    }

    private static async Task<RatingCounts> ReadAsync(params string[] lines)
    {
        string path = Path.Combine(Path.GetTempPath(), $"labels-{Guid.NewGuid():N}.csv");
        try
        {
            await File.WriteAllLinesAsync(path, lines, TestContext.Current.CancellationToken);
            return await LabelledVotes.ReadAsync(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
