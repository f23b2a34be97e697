using ModerationConsole.Core.Access;
using ModerationConsole.Core.Demo;

namespace ModerationConsole.Web.Hosting;

/// <summary>Fills the demo before the first request can come in, and says how to get in.</summary>
internal sealed class DemoStart(IServiceProvider services) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        DemoAccess? demo = await services.GetRequiredService<FillDemo>().RunAsync(Caller.System, cancellationToken);
        if (demo is null)
        {
            return;
        }

        Console.WriteLine();
        foreach (DemoPerson person in demo.People)
        {
            Console.WriteLine($"Sign in as {person.Email} with password {demo.Password} ({person.Role})");
        }

        Console.WriteLine($"Demo API key: {demo.ApiKey}");
        Console.WriteLine();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
