using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ModerationConsole.Core.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class MassActions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "AnswerNote",
                table: "bulk_batch",
                type: "nvarchar(400)",
                maxLength: 400,
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<Guid>(
                name: "AnsweredBy",
                table: "bulk_batch",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "AskReason",
                table: "bulk_batch",
                type: "nvarchar(400)",
                maxLength: 400,
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<DateTime>(
                name: "AskedAt",
                table: "bulk_batch",
                type: "datetime2",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "AnswerNote",
                table: "bulk_batch");

            migrationBuilder.DropColumn(
                name: "AnsweredBy",
                table: "bulk_batch");

            migrationBuilder.DropColumn(
                name: "AskReason",
                table: "bulk_batch");

            migrationBuilder.DropColumn(
                name: "AskedAt",
                table: "bulk_batch");
        }
    }
}
