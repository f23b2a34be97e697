using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace ModerationConsole.Core.Access;

/// <summary>Finds and registers use cases.</summary>
public static class UseCases
{
    /// <summary>Every use case of an assembly.</summary>
    public static IEnumerable<Type> In(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && typeof(IUseCase).IsAssignableFrom(type));
    }

    /// <summary>Registers every use case of the core.</summary>
    public static IServiceCollection AddUseCases(this IServiceCollection services)
    {
        foreach (Type type in In(typeof(UseCases).Assembly))
        {
            services.AddTransient(type);
        }

        return services;
    }
}
