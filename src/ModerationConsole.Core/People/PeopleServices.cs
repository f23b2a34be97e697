using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People.Factors;
using ModerationConsole.Core.People.OwnRoles;
using ModerationConsole.Core.People.Second;
using ModerationConsole.Core.People.Sessions;
using ModerationConsole.Core.People.SingleSignOn;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.People;

/// <summary>Registers people, their accounts and permissions.</summary>
public static class PeopleServices
{
    /// <summary>Adds accounts, sessions and the access guard.</summary>
    public static IServiceCollection AddPeople(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SessionOptions>().Bind(configuration.GetSection(SessionOptions.Section)).ValidateOnStart();
        services.AddOptions<KeyOptions>().Bind(configuration.GetSection(KeyOptions.Section)).ValidateOnStart();
        services.AddOptions<SingleSignOnOptions>().Bind(configuration.GetSection(SingleSignOnOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SingleSignOnOptions>, SingleSignOnOptionsValidator>();
        services.AddOptions<SecondFactorOptions>().Bind(configuration.GetSection(SecondFactorOptions.Section)).ValidateOnStart();
        services.AddOptions<SeparationOptions>().Bind(configuration.GetSection(SeparationOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SeparationOptions>, SeparationOptionsValidator>().AddSingleton<Separation>().AddSingleton<SecondPerson>();
        // Before the framework's own, scoped ones, which it then leaves out: these hold no state of a request.
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = 210_000);
        services.AddSingleton<IPasswordHasher<IdentityUser<Guid>>, PasswordHasher<IdentityUser<Guid>>>();
        services.AddSingleton<ILookupNormalizer, UpperInvariantLookupNormalizer>();
        services.AddSingleton<IdentityErrorDescriber>();
        services.AddSingleton<IUserValidator<IdentityUser<Guid>>, UserValidator<IdentityUser<Guid>>>();
        services.AddIdentityCore<IdentityUser<Guid>>(options =>
            {
                options.User.RequireUniqueEmail = true;
                // The user name is the e-mail address, whatever characters that has.
                options.User.AllowedUserNameCharacters = "";
            })
            .AddRoles<IdentityRole<Guid>>()
            .AddEntityFrameworkStores<ConsoleDbContext>();
        return services
            .AddSingleton<IAccessGuard, AccessGuard>()
            .AddSingleton<IRecentProof, RecentProof>()
            .AddSingleton<Accounts>()
            .AddSingleton<SessionCheck>()
            .AddSingleton<ProviderChecks>()
            .AddSingleton<SessionsSeen>()
            .AddHostedService(provider => provider.GetRequiredService<SessionsSeen>())
            .AddSingleton<IValidateOptions<SessionOptions>, SessionOptionsValidator>()
            .AddSingleton<IRecordClass>(new AgedRows<PersonSession>(
                RecordClasses.Sessions, 90, 7, (db, before) => db.Set<PersonSession>().Where(row => row.LastSeenAt < before).OrderBy(row => row.LastSeenAt)))
            .AddSingleton<ApiKeyCheck>()
            .AddSingleton<KnownApiKeys>()
            .AddSingleton<KeyRefusals>()
            .AddSingleton<KeyRules>()
            .AddHostedService<EnsureRoles>()
            .AddHostedService<CheckRoleSettings>();
    }
}
