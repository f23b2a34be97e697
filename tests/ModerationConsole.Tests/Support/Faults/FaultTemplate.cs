using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModerationConsole.Core;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Tests.Support.Faults;

/// <summary>A data directory in which everything stands that scenes begin with. Made once a test run, and copied for each.</summary>
internal static class FaultTemplate
{
    private static readonly SemaphoreSlim s_once = new(1, 1);
    private static string? s_folder;

    /// <summary>The key that the platform uses.</summary>
    public static string ApiKey { get; private set; } = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Copies it.</summary>
    public static async Task CopyToAsync(string folder)
    {
        await s_once.WaitAsync(Cancel);
        try
        {
            s_folder ??= await MakeAsync();
        }
        finally
        {
            s_once.Release();
        }

        Directory.CreateDirectory(folder);
        foreach (string file in Directory.EnumerateFiles(s_folder))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
    }

    private static async Task<string> MakeAsync()
    {
        string folder = Directory.CreateTempSubdirectory("fault-template-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        ApiKey = await FurnishAsync(folder, new Dictionary<string, string>());
        SqliteConnection.ClearAllPools();
        return folder;
    }

    /// <summary>Makes an empty database what scenes begin with, and returns the key that the platform uses.</summary>
    public static async Task<string> FurnishAsync(string folder, IReadOnlyDictionary<string, string> settings)
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(row => row.Key, row => (string?)row.Value))
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Data:Directory"] = folder }).Build();
        ServiceCollection services = new();
        services.AddSingleton(configuration).AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning)).AddModerationCore(configuration);
        await using ServiceProvider provider = services.BuildServiceProvider();
        await provider.GetRequiredService<MigrateDatabase>().RunAsync(Cancel);
        IHostedService[] needed = [.. provider.GetServices<IHostedService>().Where(service => service is WritePath or EnsureRoles)];
        foreach (IHostedService service in needed)
        {
            await service.StartAsync(Cancel);
        }

        string key = await FurnishAsync(provider);
        foreach (IHostedService service in needed.Reverse())
        {
            await service.StopAsync(Cancel);
        }

        return key;
    }

    private static async Task<string> FurnishAsync(IServiceProvider services)
    {
        foreach (ItemTypeDraft type in Items.All)
        {
            Assert.Equal(SaveItemTypeOutcome.Saved, (await Use<SaveItemType>().RunAsync(Caller.System, type, Cancel)).Outcome);
        }

        List<Guid> people = [];
        for (int i = 0; i < FaultScene.People; i++)
        {
            AddPersonOutcome added = await Use<AddPerson>().RunAsync(
                Caller.System, new NewPerson($"moderator{i}@test.local", $"{FaultScene.PersonName} {i:00}", [Roles.Moderator]), Cancel);
            Assert.Equal(AddPersonResult.Added, added.Result);
            people.Add(added.PersonId);
        }

        string key = (await Use<CreateApiKey>().RunAsync(Caller.System, new NewApiKey("platform", ApiKeys.Platform, TimeProvider.System.GetUtcNow().AddDays(30)), Cancel)).Key;
        await services.GetRequiredService<WritePath>().RunAsync(
            (scope, _) =>
            {
                CaseQueue queue = new() { Name = "Everything", Slug = "everything", IsDefault = true };
                scope.Db.Add(queue);
                scope.Db.AddRange(people.Select(person => new QueueAccess { QueueId = queue.Id, PersonId = person }));
                scope.Db.Add(new ActionDefinition { Id = FaultScene.ActionId, Name = "Remove the post" });
                scope.Db.Add(new Policy { Id = FaultScene.PolicyId, Code = "1.1", Name = "Spam", Severity = Severity.Medium });
                scope.Db.Add(new PolicyVersion
                {
                    PolicyId = FaultScene.PolicyId, Number = 1, Code = "1.1", Name = "Spam", Text = "No spam.", Severity = Severity.Medium, EffectiveFrom = scope.Now,
                });
                return Task.FromResult(true);
            },
            Cancel);
        return key;

        T Use<T>()
            where T : class, IUseCase => ActivatorUtilities.GetServiceOrCreateInstance<T>(services);
    }
}
