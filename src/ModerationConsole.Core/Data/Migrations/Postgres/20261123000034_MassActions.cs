using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ModerationConsole.Core.Data.Migrations.Postgres
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
                type: "character varying(400)",
                maxLength: 400,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "AnsweredBy",
                table: "bulk_batch",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "AskReason",
                table: "bulk_batch",
                type: "character varying(400)",
                maxLength: 400,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "AskedAt",
                table: "bulk_batch",
                type: "timestamp with time zone",
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
