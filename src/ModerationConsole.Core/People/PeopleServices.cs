using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;

namespace ModerationConsole.Core.People;

/// <summary>Registers people and permissions.</summary>
public static class PeopleServices
{
    /// <summary>Adds the access guard.</summary>
    public static IServiceCollection AddPeople(this IServiceCollection services) => services.AddSingleton<IAccessGuard, AccessGuard>();
}
