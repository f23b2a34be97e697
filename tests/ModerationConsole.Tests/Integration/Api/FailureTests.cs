using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Api;

public sealed class FailureTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Program_ThatFailsInside_AnswersInTheErrorShapeAndTellsNothing()
    {
        await using WebConsole console = await WebConsole.StartAsync();
        await console.WriteAsync(scope => scope.Db.Database.ExecuteSqlRawAsync("ALTER TABLE item_type RENAME TO item_type_gone", Cancel));

        JsonElement error = Assert.Single(await console.PostAsync("items", PeerPayloads.Items).ErrorsAsync(HttpStatusCode.InternalServerError));

        Assert.Equal("/errors/internal-server-error", error.GetProperty("type")[0].GetString());
        Assert.DoesNotContain("item_type", error.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Api:MaxBodyBytes", "5")]
    [InlineData("Api:RequestsPerSecond", "0")]
    [InlineData("Api:Burst", "1")]
    [InlineData("Intake:InboxLimit", "0")]
    public async Task Setting_ThatMakesNoSense_IsRefusedByItsName(string name, string value)
    {
        string directory = Directory.CreateTempSubdirectory("console-settings-").FullName;
        try
        {
            (int exitCode, _, string errors) = await ConsoleProcess.RunAsync(directory, $"--{name}={value}", "--urls", "http://127.0.0.1:0");

            Assert.Equal(1, exitCode);
            Assert.Contains(name, errors, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
