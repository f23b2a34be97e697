using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core;
using ModerationConsole.Core.Data.Nodes;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Unit.Data;

public sealed class ServerClockTests
{
    private readonly FakeClock _machine = new();

    [Theory]
    [InlineData(300, 0, 300)]
    [InlineData(-300, 0, -300)]
    // What may be the way there and back is no difference.
    [InlineData(1.9, 0, 0)]
    [InlineData(6, 6, 0)]
    [InlineData(304, 8, 300)]
    public void Server_ThatSaysAnotherTime_IsBelievedWhereItCanOnlyBeTheClock(double ahead, double took, double off)
    {
        ServerClock clock = new(_machine);

        bool changed = clock.Heard(_machine.GetUtcNow().AddSeconds(ahead), _machine.GetUtcNow(), TimeSpan.FromSeconds(took));

        Assert.Equal((off != 0, TimeSpan.FromSeconds(off)), (changed, clock.Off));
        Assert.Equal((_machine.GetUtcNow().AddSeconds(off), _machine.GetTimestamp()), (clock.GetUtcNow(), clock.GetTimestamp()));
    }

    [Fact]
    public void Machine_PutRight_IsGoneByAgain()
    {
        ServerClock clock = new(_machine);
        DateTimeOffset server = _machine.GetUtcNow().AddMinutes(5);
        Assert.True(clock.Heard(server, _machine.GetUtcNow(), TimeSpan.Zero));
        Assert.False(clock.Heard(server.AddSeconds(1), _machine.GetUtcNow(), TimeSpan.Zero));

        Assert.True(clock.Heard(server, server.AddSeconds(-1), TimeSpan.Zero));

        Assert.Equal(TimeSpan.Zero, clock.Off);
    }

    [Theory]
    [InlineData("PostgreSql", true)]
    [InlineData("SqlServer", true)]
    [InlineData("Sqlite", false)]
    public void Node_OnAServer_GoesByTheServersTime(string provider, bool serversTime)
    {
        string folder = Directory.CreateTempSubdirectory("clock-").FullName;
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Database:Provider"] = provider, ["ConnectionStrings:Console"] = "Host=nowhere", ["Data:Directory"] = folder,
        }).Build();
        ServiceCollection services = new();
        services.AddSingleton(configuration).AddModerationCore(configuration);

        object? clock = services.Last(service => service.ServiceType == typeof(TimeProvider)).ImplementationInstance;

        Assert.Equal(serversTime, clock is ServerClock);
        Directory.Delete(folder, recursive: true);
    }
}
